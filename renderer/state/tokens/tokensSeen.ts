import type { Document } from '../../../core/document/document.ts';
import { sheetFrame } from '../../../core/document/tokenSheets.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { Point } from '../../../core/base/geometry.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Editor } from '../editor.svelte.ts';
import type { OpenDocument } from '../openDocument.svelte.ts';
import { isTokenTool } from '../tools.svelte.ts';

/** Whether tokens are looked at: their panel is open, a token tool is current, or their grid was asked for. */
export function tokensAreSeen({ tools, preferences }: Editor): boolean {
  return preferences.tokenGrid || preferences.panel === 'tokens' || isTokenTool(tools.chosen);
}

const known = new WeakMap<
  Document,
  { readonly info: PackageInfo; readonly at: Point | null; readonly frame: Frame }
>();

/** The frame whose tokens of a document a package works on, where the person works. */
export function currentSheet({ tokenWork: { at }, current }: OpenDocument, info: PackageInfo): Frame {
  const found = known.get(current);
  if (found?.info === info && found.at === at) return found.frame;
  const frame = sheetFrame(current, info, at);
  known.set(current, { info, at, frame });
  return frame;
}

/** The frame whose tokens are worked on: that of the frame tokens, or the one that the next will have; null without a package. */
export function frameSeen({ packages, fillSettings }: Editor, document: OpenDocument): Frame | null {
  const { frameTokens } = document.tokenWork;
  if (frameTokens) return frameTokens.tokens.frame;
  const info = packages.byId(fillSettings.package);
  return info ? currentSheet(document, info) : null;
}
