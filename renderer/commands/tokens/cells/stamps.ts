import { TesseraError } from '../../../../core/base/errors.ts';
import type { PackageInfo } from '../../../../core/contract/engineApi.ts';
import {
  flipStamp,
  stampFromText,
  stampToText,
  takeStamp,
  type TokenStamp,
} from '../../../../core/tokens/stamp.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { isTokenTool } from '../../../state/tools.svelte.ts';
import { copy, paste } from '../../files/clipboard.ts';
import { packageInUse } from '../../fill/order.ts';
import { holeCells } from './hole.ts';
import { checkPackage } from '../files/content.ts';
import { readyTokens } from '../view/frameTokens.ts';

/** Takes the tokens of cells as the stamp; it can be put down in any picture. */
export async function takeStampFrom(
  editor: Editor,
  document: OpenDocument,
  cells: Iterable<number>,
): Promise<void> {
  const { tokens } = await readyTokens(editor, document);
  editor.tokenTools.stamp = takeStamp(tokens.package, tokens.grid, cells);
}

/** Turns the stamp over. */
export function flip({ tokenTools }: Editor, direction: 'horizontal' | 'vertical'): void {
  if (tokenTools.stamp) tokenTools.stamp = flipStamp(tokenTools.stamp, direction);
}

/** Copies tokens as text: those that are chosen, else those of the hole, else all of the frame. */
export async function copyTokens(editor: Editor, document: OpenDocument): Promise<void> {
  const { tokens } = await readyTokens(editor, document);
  const stamp = takeStamp(tokens.package, tokens.grid, cellsMeant(document, tokens.grid.ids.length));
  await editor.main.call('clipboard.writeText', { text: stampToText(stamp) });
  const { width, height } = stamp.grid;
  editor.notices.done(`Copied ${width} × ${height} tokens.`);
}

/** Takes the tokens of the clipboard's text as the stamp, and makes the stamp tool current. */
export async function pasteTokens(editor: Editor): Promise<void> {
  const text = await clipboardText(editor);
  if (text === '') {
    throw new TesseraError(
      'input',
      'The clipboard holds no text.',
      'Copy some tokens, then paste them here.',
    );
  }
  holdStamp(editor, stampFromText(text), packageInUse(editor));
}

/** What "copy" means with the current tool: tokens, or the picture. */
export function copyByTool(document: OpenDocument, editor: Editor): Promise<void> {
  return isTokenTool(editor.tools.chosen) ? copyTokens(editor, document) : copy(document, editor);
}

/** What "paste" means with the current tool; what comes with a picture, such as its address, is no tokens. */
export async function pasteByTool(editor: Editor): Promise<void> {
  const mayBeTokens = editor.active !== null && isTokenTool(editor.tools.chosen);
  if (mayBeTokens && (await clipboardText(editor)).startsWith('{')) await pasteTokens(editor);
  else await paste(editor);
}

async function clipboardText(editor: Editor): Promise<string> {
  const { text } = await editor.main.call('clipboard.readText', null);
  return text.trim();
}

/** Makes a stamp the current one. Throws 'package' where its codes are another package's. */
export function holdStamp({ tokenTools, tools }: Editor, stamp: TokenStamp, info: PackageInfo): void {
  checkPackage(stamp.package, info);
  tokenTools.stamp = stamp;
  tools.chosen = 'token-stamp';
}

function cellsMeant(document: OpenDocument, count: number): Iterable<number> {
  const { chosen } = document.tokenWork;
  if (chosen.length > 0) return chosen;
  const hole = holeCells(document);
  return hole.size > 0 ? hole : Array(count).keys();
}
