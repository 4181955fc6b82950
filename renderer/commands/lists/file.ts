import type { Command } from '../command.ts';
import { closeDocument } from '../files/close.svelte.ts';
import { openClipboard } from '../files/clipboard.ts';
import { exportMask, importMask } from '../files/masks.ts';
import { chooseFile } from '../files/open.ts';
import { save, saveAs } from '../files/projects.ts';
import { forDocument } from '../forDocument.ts';
import { otherDocuments, placeFrom, placePicture } from '../stitch/place.ts';

const always = (): boolean => true;

export const fileCommands: readonly Command[] = [
  {
    group: 'File',
    id: 'file.open',
    title: 'Open…',
    shortcuts: ['Mod+O'],
    enabled: always,
    run: chooseFile,
  },
  {
    group: 'File',
    id: 'file.new-canvas',
    title: 'New canvas…',
    shortcuts: ['Mod+Alt+N'],
    hint: 'An empty picture, to place parts of others on.',
    enabled: always,
    run: (editor) => {
      editor.dialog = 'new-canvas';
    },
  },
  {
    group: 'File',
    id: 'file.new-from-clipboard',
    title: 'New from clipboard',
    shortcuts: ['Mod+N', 'Mod+Shift+V'],
    hint: 'Opens the picture on the clipboard as a document of its own.',
    enabled: always,
    run: openClipboard,
  },
  {
    group: 'File',
    id: 'file.save',
    title: 'Save',
    shortcuts: ['Mod+S'],
    hint: 'Saves picture, selection, tokens and history as a project.',
    ...forDocument(async (document, editor) => {
      await save(document, editor);
    }),
  },
  {
    group: 'File',
    id: 'file.save-as',
    title: 'Save as…',
    shortcuts: ['Mod+Shift+S'],
    ...forDocument(async (document, editor) => {
      await saveAs(document, editor);
    }),
  },
  {
    group: 'File',
    id: 'file.export',
    title: 'Export…',
    shortcuts: ['Mod+Shift+E', 'Mod+E'],
    hint: 'Writes the picture as PNG, JPEG or WebP.',
    ...forDocument((_, editor) => {
      editor.dialog = 'export';
    }),
  },
  {
    group: 'File',
    id: 'file.place',
    title: 'Place picture…',
    shortcuts: ['Mod+Shift+P'],
    hint: 'Lays another picture over this one; it can be moved until Enter places it.',
    ...forDocument(placePicture),
  },
  {
    group: 'File',
    id: 'file.place-open',
    title: 'Place from open picture…',
    hint: 'Lays what is selected in another open picture, or all of it, over this one.',
    ...forDocument(
      (_, editor) => {
        const [first, ...more] = otherDocuments(editor);
        if (first && more.length === 0) placeFrom(editor, first);
        else editor.dialog = 'place';
      },
      (_, editor) => otherDocuments(editor).length > 0,
    ),
  },
  { group: 'File', id: 'file.import-mask', title: 'Import mask…', ...forDocument(importMask) },
  { group: 'File', id: 'file.export-mask', title: 'Export mask…', ...forDocument(exportMask) },
  {
    group: 'File',
    id: 'file.close',
    title: 'Close',
    shortcuts: ['Mod+W'],
    ...forDocument(async (document, editor) => {
      await closeDocument(document, editor);
    }),
  },
];
