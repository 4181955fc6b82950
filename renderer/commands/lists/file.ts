import { type Command, defineCommand } from '../command.ts';
import { closeAll, closeDocument } from '../files/close.svelte.ts';
import { openClipboard } from '../files/clipboard.ts';
import { exportMask, importMask } from '../files/masks.ts';
import { chooseFiles } from '../files/open.ts';
import { save, saveAs } from '../files/projects.ts';
import { forDocument } from '../forDocument.ts';
import { describeServer } from '../models/servers.ts';
import { otherDocuments, placeFrom, placePicture } from '../stitch/place.ts';

const always = (): boolean => true;

export const fileCommands: readonly Command[] = [
  defineCommand('file.open', { enabled: always, run: chooseFiles }),
  defineCommand('file.new-canvas', {
    enabled: always,
    run: (editor) => {
      editor.dialog = 'new-canvas';
    },
  }),
  defineCommand('file.new-from-model', {
    enabled: ({ packages, fillSettings }) => packages.byRef(fillSettings.package)?.fills === true,
    run: (editor) => {
      editor.dialog = 'new-from-model';
    },
  }),
  defineCommand('file.fill-many', {
    enabled: ({ packages, fillSettings }) => packages.byRef(fillSettings.package)?.fills === true,
    run: (editor) => {
      editor.dialog = 'fill-many';
    },
  }),
  defineCommand('file.add-model', {
    enabled: always,
    run: (editor) => {
      editor.dialog = 'add-model';
    },
  }),
  defineCommand('file.add-server', { enabled: always, run: describeServer }),
  defineCommand('file.new-from-clipboard', { enabled: always, run: openClipboard }),
  defineCommand(
    'file.save',
    forDocument(async (document, editor) => {
      await save(document, editor);
    }),
  ),
  defineCommand(
    'file.save-as',
    forDocument(async (document, editor) => {
      await saveAs(document, editor);
    }),
  ),
  defineCommand(
    'file.export',
    forDocument((_, editor) => {
      editor.dialog = 'export';
    }),
  ),
  defineCommand('file.place', forDocument(placePicture)),
  defineCommand(
    'file.place-open',
    forDocument(
      (_, editor) => {
        const [first, ...more] = otherDocuments(editor);
        if (first && more.length === 0) placeFrom(editor, first);
        else editor.dialog = 'place';
      },
      (_, editor) => otherDocuments(editor).length > 0,
    ),
  ),
  defineCommand('file.import-mask', forDocument(importMask)),
  defineCommand('file.export-mask', forDocument(exportMask)),
  defineCommand(
    'file.close',
    forDocument(async (document, editor) => {
      await closeDocument(document, editor);
    }),
  ),
  defineCommand('file.close-others', {
    enabled: ({ documents }) => documents.length > 1,
    run: async (editor) =>
      closeAll(
        editor,
        editor.documents.filter((each) => each !== editor.active),
      ),
  }),
  defineCommand('file.close-all', {
    enabled: ({ documents }) => documents.length > 0,
    run: (editor) => closeAll(editor, editor.documents),
  }),
  turn('file.next', 1),
  turn('file.previous', -1),
];

/** Shows the document that lies `step` tabs on, around their ends. */
function turn(id: 'file.next' | 'file.previous', step: 1 | -1): Command {
  return defineCommand(id, {
    repeats: true,
    enabled: ({ documents }) => documents.length > 1,
    run: (editor) => {
      const { documents, active } = editor;
      const at = documents.findIndex((each) => each === active);
      editor.active = documents[(at + step + documents.length) % documents.length] ?? null;
    },
  });
}
