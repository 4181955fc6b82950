import type { Command } from '../command.ts';
import { copy, openClipboard, paste } from '../files/clipboard.ts';
import { exportMask, importMask } from '../files/masks.ts';
import { chooseFile } from '../files/open.ts';
import { forDocument } from '../forDocument.ts';

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
    id: 'file.new-from-clipboard',
    title: 'New from clipboard',
    shortcuts: ['Mod+Shift+V'],
    enabled: always,
    run: openClipboard,
  },
  {
    group: 'File',
    id: 'file.export',
    title: 'Export a picture…',
    shortcuts: ['Mod+E'],
    ...forDocument((_, editor) => {
      editor.dialog = 'export';
    }),
  },
  { group: 'File', id: 'file.import-mask', title: 'Import mask…', ...forDocument(importMask) },
  { group: 'File', id: 'file.export-mask', title: 'Export mask…', ...forDocument(exportMask) },
  {
    group: 'Edit',
    id: 'edit.copy',
    title: 'Copy',
    shortcuts: ['Mod+C'],
    hint: 'Copies what is selected, or all of the picture.',
    ...forDocument(copy),
  },
  { group: 'Edit', id: 'edit.paste', title: 'Paste', shortcuts: ['Mod+V'], enabled: always, run: paste },
];
