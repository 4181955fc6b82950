import type { Document } from '../../../core/document/document.ts';
import { sheetFrame } from '../../../core/document/tokenSheets.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { PackageInfo } from '../../../core/contract/engineApi.ts';
import type { Editor } from '../editor.svelte.ts';
import type { OpenDocument } from '../openDocument.svelte.ts';
import { isTokenTool } from '../tools.svelte.ts';

/** Whether tokens are looked at: their panel is open, a token tool is current, or their grid was asked for. */
export function tokensAreSeen({ tools, preferences }: Editor): boolean {
  return preferences.tokenGrid || preferences.panel === 'tokens' || isTokenTool(tools.chosen);
}

const known = new WeakMap<Document, { readonly info: PackageInfo; readonly frame: Frame }>();

/** The frame whose tokens are worked on: that of the frame tokens, or the one that the next will have; null without a package. */
export function frameSeen(
  { packages, fillSettings }: Editor,
  { tokenWork, current }: OpenDocument,
): Frame | null {
  if (tokenWork.frameTokens) return tokenWork.frameTokens.tokens.frame;
  const info = packages.byId(fillSettings.package);
  if (!info) return null;
  const found = known.get(current);
  if (found?.info === info) return found.frame;
  const frame = sheetFrame(current, info);
  known.set(current, { info, frame });
  return frame;
}
