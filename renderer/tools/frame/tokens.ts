import type { PackageInfo } from '../../../core/contract/engineApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { Tokens } from './geometry.ts';

/** What a frame that is drawn now is made of; null while no package is known. */
export function tokensNow(editor: Editor): Tokens | null {
  const info = packageInUse(editor);
  if (!info) return null;
  const { downsample } = info;
  const unit = Math.max(1, Math.round((editor.fillSettings.scale ?? 1) * downsample));
  return { unit, downsample, least: leastOf(info) };
}

/** The fewest tokens that a frame may have along a side. */
export function leastTokens(editor: Editor): number {
  const info = packageInUse(editor);
  return info ? leastOf(info) : 1;
}

function packageInUse({ packages, fillSettings }: Editor): PackageInfo | null {
  return packages.byId(fillSettings.package);
}

function leastOf({ window, minSize, downsample }: PackageInfo): number {
  return Math.max(window.min, Math.ceil(minSize / downsample));
}
