import { TesseraError } from '../../../core/base/errors.ts';
import { setEdit } from '../../../core/tokens/edit.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { isTokenTool } from '../../state/tools.svelte.ts';
import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { eraseCells, pinCells, restoreCells } from '../tokens/cells/cells.ts';
import { holeCells } from '../tokens/cells/hole.ts';
import { exportRequest, exportTokens } from '../tokens/files/export.ts';
import { importTokens } from '../tokens/files/import.ts';
import { paintOnce } from '../tokens/paint/paint.ts';
import { copyTokens, flip, pasteTokens, takeStampFrom } from '../tokens/cells/stamps.ts';

const GROUP = { group: 'Tokens' } as const;

/** What a person does with tokens by hand; the cells meant are those that are chosen, or the one that is spoken of. */
export const tokenCommands: readonly Command[] = [
  {
    ...GROUP,
    id: 'tokens.paint',
    title: 'Paint token',
    shortcuts: ['Shift+Enter'],
    hint: 'Does at the keyboard’s token what a click with the tool does, and puts the code in the hand into chosen tokens. A line or a rectangle begins with one press and ends with the next.',
    keyed: holdsTokenTool,
    duringGesture: true,
    ...forDocument(paint, hasCells),
  },
  {
    ...GROUP,
    id: 'tokens.pick',
    title: 'Pick code',
    shortcuts: ['Shift+I'],
    hint: 'Takes the code of the token into the hand.',
    keyed: holdsTokenTool,
    ...forDocument(pick, hasCells),
  },
  {
    ...GROUP,
    id: 'tokens.erase',
    title: 'Erase token',
    shortcuts: ['Delete', 'Backspace'],
    hint: 'Takes tokens away, so that the next fill makes them anew. While candidates wait, the key discards those.',
    keyed: holdsTokenTool,
    ...forDocument((document) => {
      eraseCells(document, cellsMeant(document));
    }, hasCells),
  },
  {
    ...GROUP,
    id: 'tokens.restore',
    title: 'Restore token',
    hint: 'Brings back the token and the pixels of the picture as it was opened.',
    ...forDocument((document, editor) => restoreCells(editor, document, cellsMeant(document)), hasCells),
  },
  {
    ...GROUP,
    id: 'tokens.pin',
    title: 'Pin or unpin token',
    shortcuts: ['P'],
    hint: 'Keeps the token as it is when the hole around it is filled, or lets go of it.',
    keyed: isAtKeyboard,
    ...forDocument((document) => {
      const cells = cellsMeant(document);
      const pins = new Set(document.tokenWork.sheet?.tokens.pins);
      pinCells(document, cells, !cells.every((cell) => pins.has(cell)));
    }, hasCells),
  },
  {
    ...GROUP,
    id: 'tokens.copy',
    title: 'Copy tokens',
    hint: 'Copies tokens as text: the chosen ones, those of the hole, or all. With a token tool in the hand, Copy does so too.',
    ...forDocument((document, editor) => copyTokens(editor, document)),
  },
  {
    ...GROUP,
    id: 'tokens.paste',
    title: 'Paste tokens',
    hint: 'Takes copied tokens into the hand as a stamp. With a token tool in the hand, Paste does so too.',
    ...forDocument((_, editor) => pasteTokens(editor)),
  },
  {
    ...GROUP,
    id: 'tokens.take-stamp',
    title: 'Take stamp',
    shortcuts: ['Shift+S'],
    hint: 'Takes the chosen tokens, or those of the hole, into the hand as a stamp for any open picture.',
    ...forDocument(
      async (document, editor) => {
        await takeStampFrom(editor, document, stampCells(document));
        editor.tools.chosen = 'token-stamp';
      },
      (document) => hasCells(document) || holeCells(document).size > 0,
    ),
  },
  flipping('horizontal', 'Flip stamp horizontally', 'Alt+H'),
  flipping('vertical', 'Flip stamp vertically', 'Alt+V'),
  {
    ...GROUP,
    id: 'tokens.import',
    title: 'Import tokens…',
    hint: 'Puts the tokens of a file into the frame, or into the one that they were made for.',
    ...forDocument((document, editor) => importTokens(editor, document)),
  },
  {
    ...GROUP,
    id: 'tokens.export',
    title: 'Export tokens…',
    hint: 'Writes the tokens of the frame as JSON or NPY; those of the hole are missing there.',
    ...forDocument((document, editor) => exportTokens(editor, document)),
  },
  {
    ...GROUP,
    id: 'tokens.copy-command',
    title: 'Copy fill as command…',
    hint: 'Writes the tokens that the fill of the candidate began with, and copies the command that repeats it.',
    ...forDocument(
      (document, editor) => exportRequest(editor, document),
      ({ fill }) => fill.current !== null,
    ),
  },
];

function flipping(direction: 'horizontal' | 'vertical', title: string, shortcut: string): Command {
  return {
    ...GROUP,
    id: `tokens.flip-${direction}`,
    title,
    shortcuts: [shortcut],
    ...forDocument(
      (_, editor) => {
        flip(editor, direction);
      },
      (_, { tokenTools }) => tokenTools.stamp !== null,
    ),
  };
}

async function paint(document: OpenDocument, editor: Editor): Promise<void> {
  const isMeant = document.tokenWork.chosen.length === 0 || editor.gesture !== null;
  if (editor.tools.press && isMeant && isAtKeyboard(editor)) {
    editor.tools.press();
    return;
  }
  const { code } = editor.tokenTools;
  if (code === null) {
    throw new TesseraError(
      'usage',
      'No code is in the hand.',
      'Pick one with the token picker (I) or in the palette.',
    );
  }
  await paintOnce(editor, document, 'Paint token', setEdit(cellsMeant(document), code));
}

function pick({ tokenWork: { sheet, cell, chosen } }: OpenDocument, { tokenTools }: Editor): void {
  const id = sheet?.tokens.grid.ids[cell ?? chosen[0]!];
  if (sheet && id !== undefined) tokenTools.take(id, sheet.tokens.package.id);
}

function cellsMeant({ tokenWork: { chosen, cell } }: OpenDocument): readonly number[] {
  return chosen.length > 0 || cell === null ? chosen : [cell];
}

function hasCells(document: OpenDocument): boolean {
  return document.tokenWork.sheet !== null && cellsMeant(document).length > 0;
}

function stampCells(document: OpenDocument): Iterable<number> {
  const { chosen } = document.tokenWork;
  const hole = holeCells(document);
  return chosen.length > 0 || hole.size === 0 ? cellsMeant(document) : hole;
}

function holdsTokenTool({ tools }: Editor): boolean {
  return isTokenTool(tools.chosen);
}

/** While the pointer is at work, the key chooses the tool that pins. */
function isAtKeyboard(editor: Editor): boolean {
  const work = editor.active?.tokenWork;
  return holdsTokenTool(editor) && work?.hover === null && work.focus !== null;
}
