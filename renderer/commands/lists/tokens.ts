import { TesseraError } from '../../../core/base/errors.ts';
import { setEdit } from '../../../core/tokens/edit.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { isTokenTool } from '../../state/tools.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { eraseCells, pinCells, restoreCells } from '../tokens/cells/cells.ts';
import { holeCells } from '../tokens/cells/hole.ts';
import { exportRequest, exportTokens } from '../tokens/files/export.ts';
import { importTokens } from '../tokens/files/import.ts';
import { paintOnce } from '../tokens/paint/paint.ts';
import { copyTokens, flip, pasteTokens, takeStampFrom } from '../tokens/cells/stamps.ts';

/** What a person does with tokens by hand; the cells meant are those that are chosen, or the one that is spoken of. */
export const tokenCommands: readonly Command[] = [
  defineCommand('tokens.paint', {
    keyed: holdsTokenTool,
    duringGesture: true,
    ...forDocument(paint, hasCells),
  }),
  defineCommand('tokens.pick', { keyed: holdsTokenTool, ...forDocument(pick, hasCells) }),
  defineCommand('tokens.erase', {
    keyed: holdsTokenTool,
    ...forDocument((document) => {
      eraseCells(document, cellsMeant(document));
    }, hasCells),
  }),
  defineCommand(
    'tokens.restore',
    forDocument((document, editor) => restoreCells(editor, document, cellsMeant(document)), hasCells),
  ),
  defineCommand('tokens.pin', {
    keyed: isAtKeyboard,
    ...forDocument((document) => {
      const cells = cellsMeant(document);
      const pins = new Set(document.tokenWork.frameTokens?.tokens.pins);
      pinCells(document, cells, !cells.every((cell) => pins.has(cell)));
    }, hasCells),
  }),
  defineCommand(
    'tokens.copy',
    forDocument((document, editor) => copyTokens(editor, document)),
  ),
  defineCommand(
    'tokens.paste',
    forDocument((_, editor) => pasteTokens(editor)),
  ),
  defineCommand(
    'tokens.take-stamp',
    forDocument(
      async (document, editor) => {
        await takeStampFrom(editor, document, stampCells(document));
        editor.tools.chosen = 'token-stamp';
      },
      (document) => hasCells(document) || holeCells(document).size > 0,
    ),
  ),
  flipping('horizontal'),
  flipping('vertical'),
  defineCommand(
    'tokens.import',
    forDocument((document, editor) => importTokens(editor, document)),
  ),
  defineCommand(
    'tokens.export',
    forDocument((document, editor) => exportTokens(editor, document)),
  ),
  defineCommand(
    'tokens.copy-command',
    forDocument(
      (document, editor) => exportRequest(editor, document),
      ({ fill }) => fill.current !== null,
    ),
  ),
];

function flipping(direction: 'horizontal' | 'vertical'): Command {
  return defineCommand(
    `tokens.flip-${direction}`,
    forDocument(
      (_, editor) => {
        flip(editor, direction);
      },
      (_, { tokenTools }) => tokenTools.stamp !== null,
    ),
  );
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
      'No code is selected.',
      'Pick one with the token picker (I) or in the palette.',
    );
  }
  await paintOnce(editor, document, 'Paint token', setEdit(cellsMeant(document), code));
}

function pick({ tokenWork: { frameTokens, cell, chosen } }: OpenDocument, { tokenTools }: Editor): void {
  const id = frameTokens?.tokens.grid.ids[cell ?? chosen[0]!];
  if (frameTokens && id !== undefined) tokenTools.take(id, frameTokens.tokens.package.id);
}

function cellsMeant({ tokenWork: { chosen, cell } }: OpenDocument): readonly number[] {
  return chosen.length > 0 || cell === null ? chosen : [cell];
}

function hasCells(document: OpenDocument): boolean {
  return document.tokenWork.frameTokens !== null && cellsMeant(document).length > 0;
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
