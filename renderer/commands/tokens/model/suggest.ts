import type { Detail } from '../../../../core/document/details.ts';
import { regionOfCells } from '../../../../core/frames/regionFor.ts';
import type { Suggestion, TokensToSuggest } from '../../../../core/paint/requests.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { setEdit } from '../../../../core/tokens/edit.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { Asked, SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { promptFor } from '../../fill/order.ts';
import { readyPackage } from '../../fill/package.ts';
import { report } from '../../report.ts';
import { holeCells } from '../cells/hole.ts';
import { paintOnce } from '../paint/paint.ts';
import { isOutside } from '../paint/pixels.ts';
import { readyTokens } from '../view/frameTokens.ts';

const COUNT = 16;

/**
 * Asks the model which codes it finds likeliest for some cells of the frame, given all other tokens. A question that is
 * still open is given up; an answer to what has changed since is dropped. Never rejects: what goes wrong is told.
 */
export async function suggest(
  editor: Editor,
  document: OpenDocument,
  cells: Iterable<number>,
): Promise<void> {
  closeSuggestions(document);
  const asked = [...new Set(cells)].sort((a, b) => a - b);
  if (asked.length === 0) return;
  const stop = new AbortController();
  const { tokenWork } = document;
  tokenWork.question = stop;
  tokenWork.asking = true;
  try {
    const { tokens, picture } = await readyTokens(editor, document);
    const ref = editor.refOf(tokens.package);
    await readyPackage(editor, ref, stop.signal);
    if (tokenWork.question !== stop) return;
    const { current } = document;
    const seen = asked.filter((cell) => !isOutside(tokens.frame, cell, current.canvas));
    if (seen.length === 0) return;
    const prompt = promptFor(editor, ref);
    const params = {
      ...paramsFor(document, { tokens, picture }, seen),
      package: ref,
      ...(prompt && { prompt }),
    };
    const answer = await editor.engine.call('tokens.suggest', params, { signal: stop.signal });
    if (tokenWork.question !== stop) return;
    tokenWork.asked = { ...answer, cells: seen, of: tokens, document: current, tried: null };
    dropStale(document);
  } catch (error) {
    report(editor, error);
  } finally {
    if (tokenWork.question === stop) {
      tokenWork.question = null;
      tokenWork.asking = false;
    }
  }
}

/** Shows what the picture becomes with a suggestion, without changing the document; null shows it as it is. */
export function tryOn({ tokenWork }: OpenDocument, index: number | null): void {
  const { asked } = tokenWork;
  if (asked && (index === null || asked.list[index])) tokenWork.asked = { ...asked, tried: index };
}

/** Tries on the suggestion that lies beside the one tried, around the ends of the list. */
export function stepSuggestion(document: OpenDocument, step: 1 | -1): void {
  const { asked } = document.tokenWork;
  if (!asked) return;
  const count = asked.list.length;
  const first = step === 1 ? 0 : count - 1;
  tryOn(document, asked.tried === null ? first : (asked.tried + step + count) % count);
}

/** Paints the suggestion that is tried on, or the likeliest one, as one step. */
export async function takeSuggestion(editor: Editor, document: OpenDocument): Promise<void> {
  const { asked, taking } = document.tokenWork;
  const taken = asked?.list[asked.tried ?? 0];
  if (!asked || !taken || taking.has(asked.list)) return;
  if (isThere(asked, taken.id)) {
    editor.notices.done('That code is there already: try another one.');
    return;
  }
  taking.add(asked.list);
  try {
    const edit = setEdit(asked.cells, taken.id);
    await paintOnce(editor, document, 'Take suggestion', edit, detailsOf(asked, taken));
  } finally {
    taking.delete(asked.list);
    if (document.tokenWork.asked?.list === asked.list) closeSuggestions(document);
  }
}

/** Whether a suggestion would change nothing. */
export function isThere({ cells, of }: Asked, id: number): boolean {
  return cells.every((cell) => of.grid.ids[cell] === id);
}

/** Shows no suggestions any more, and waits for none. */
export function closeSuggestions(document: OpenDocument): void {
  const { tokenWork } = document;
  tokenWork.question?.abort();
  tokenWork.question = null;
  tokenWork.asking = false;
  tokenWork.asked = null;
}

/** Closes suggestions for what is not there any more. */
export function dropStale(document: OpenDocument): void {
  const { asked, frameTokens } = document.tokenWork;
  if (asked && (asked.document !== document.current || asked.of !== frameTokens?.tokens))
    closeSuggestions(document);
}

function paramsFor(
  document: OpenDocument,
  { tokens, picture }: Pick<SeenTokens, 'tokens' | 'picture'>,
  cells: readonly number[],
): Omit<TokensToSuggest, 'package'> {
  const { frame, grid, pins } = tokens;
  const told = new Set([...pins, ...cells]);
  const region = regionOfCells(frame, cells, picture.rect);
  return {
    frame,
    region,
    picture: readRect(picture, region),
    grid,
    hole: [...holeCells(document)].filter((cell) => !told.has(cell)),
    cells,
    count: COUNT,
  };
}

function detailsOf({ cells, of: { frame } }: Asked, { probability }: Suggestion): readonly Detail[] {
  const [cell] = cells;
  const row = Math.floor(cell! / frame.columns);
  const column = cell! % frame.columns;
  return [
    { kind: 'share', of: 'probability', share: probability },
    cells.length === 1 ? { kind: 'cell', row, column } : { kind: 'count', of: 'cells', count: cells.length },
  ];
}
