import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Swatches } from '../../../core/paint/swatches.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/** The package whose codes are shown and painted with. */
export function packageInUse({ packages, fillSettings }: Editor): PackageInfo | null {
  return packages.byRef(fillSettings.package);
}

/** What its codes look like; null until they were decoded. */
export function swatchesInUse(editor: Editor): Swatches | null {
  const info = packageInUse(editor);
  return info === null ? null : (editor.swatches[info.sha256] ?? null);
}
