import { TesseraError } from '../../../../core/base/errors.ts';
import { replaceEdit } from '../../../../core/tokens/edit.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { holeCells } from './hole.ts';
import { paintOnce } from '../paint/paint.ts';
import { isOutside } from '../paint/pixels.ts';
import { readyTokens } from '../view/frameTokens.ts';

/** What is to be replaced, and where. */
export interface Replacement {
  readonly from: ReadonlySet<number>; // codes
  readonly to: number; // code
  readonly scope: 'frame' | 'selection';
}

/**
 * Puts one code wherever some others are, and says how often: all over the frame, or in the hole.
 *
 * @throws TesseraError 'input' where there are none of them
 */
export async function findReplace(
  editor: Editor,
  document: OpenDocument,
  { from, to, scope }: Replacement,
): Promise<void> {
  const { grid, frame } = (await readyTokens(editor, document)).tokens;
  const { canvas } = document.current;
  const others = new Set([...from].filter((code) => code !== to));
  const places = scope === 'frame' ? grid.ids.keys() : holeCells(document);
  const within = [...places].filter((cell) => !isOutside(frame, cell, canvas));
  const edit = replaceEdit(grid, others, to, within);
  const count = edit.cells.length;
  if (count === 0) throw nothingFound(from, scope);
  const done = await paintOnce(editor, document, 'Replace tokens', edit, [
    { kind: 'replaced', codes: [...others].sort((a, b) => a - b) },
  ]);
  if (done) editor.notices.done(`Replaced ${count} ${count === 1 ? 'token' : 'tokens'}.`);
}

function nothingFound(from: ReadonlySet<number>, scope: Replacement['scope']): TesseraError {
  const place = scope === 'frame' ? 'the frame' : 'the selection';
  return new TesseraError(
    'input',
    `No token in ${place} has ${from.size === 1 ? `the code ${textOf(from)}` : 'one of these codes'}.`,
    'Pick a code that is there with the token picker (I).',
  );
}

function textOf(codes: ReadonlySet<number>): string {
  return [...codes].sort((a, b) => a - b).join(', ');
}
