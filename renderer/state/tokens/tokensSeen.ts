import type { Document } from '../../../core/document/document.ts';
import { sheetFrame } from '../../../core/document/tokenSheets.ts';
import { type Frame, sameFrame } from '../../../core/frames/frame.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Editor } from '../editor.svelte.ts';
import type { OpenDocument } from '../openDocument.svelte.ts';
import { isTokenTool } from '../tools.svelte.ts';

/** Whether tokens are looked at: their panel is open, a token tool is current, or their grid was asked for. */
export function tokensAreSeen({ tools, preferences }: Editor): boolean {
  return preferences.tokenGrid || preferences.panel === 'tokens' || isTokenTool(tools.chosen);
}

const MOST_SHOWN = 48; // CSS px of a token, until finer ones are worked on
const known = new WeakMap<Document, Frame>();

/** The frame whose tokens of a document a package works on, where the person works and as close as they look. */
export function currentSheet({ tokenWork: { at }, view, current }: OpenDocument, info: PackageInfo): Frame {
  const frame = sheetFrame(current, info, { at, centre: view.centre, unit: MOST_SHOWN / view.zoom });
  const found = known.get(current);
  if (found && sameFrame(found, frame)) return found;
  known.set(current, frame);
  return frame;
}

/** The frame whose tokens are worked on: that of the frame tokens, or the one that the next will have; null without a package. */
export function frameSeen({ packages, fillSettings }: Editor, document: OpenDocument): Frame | null {
  const { frameTokens } = document.tokenWork;
  if (frameTokens) return frameTokens.tokens.frame;
  const info = packages.byRef(fillSettings.package);
  return info ? currentSheet(document, info) : null;
}
