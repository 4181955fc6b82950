import type { MenuEntry } from './command.ts';

export const FILE_MENU = [
  { id: 'file.open', title: 'Open…', shortcuts: ['Mod+O'] },
  'recent',
  {
    id: 'file.new-canvas',
    title: 'New canvas…',
    shortcuts: ['Mod+Alt+N'],
    hint: 'An empty picture on which you can place parts of other pictures.',
  },
  {
    id: 'file.new-from-model',
    title: 'New from the model…',
    hint: 'A picture from nothing: every token is drawn by the model.',
  },
  {
    id: 'file.new-from-clipboard',
    title: 'New from clipboard',
    shortcuts: ['Mod+N', 'Mod+Shift+V'],
    hint: 'Opens the picture on the clipboard as a document of its own.',
  },
  '---',
  {
    id: 'file.save',
    title: 'Save',
    shortcuts: ['Mod+S'],
    hint: 'Saves picture, selection, tokens and history as a project.',
  },
  { id: 'file.save-as', title: 'Save as…', shortcuts: ['Mod+Shift+S'] },
  {
    id: 'file.export',
    title: 'Export…',
    shortcuts: ['Mod+Shift+E', 'Mod+E'],
    hint: 'Writes the picture as PNG, JPEG or WebP.',
  },
  '---',
  {
    id: 'file.place',
    title: 'Place picture…',
    shortcuts: ['Mod+Shift+P'],
    hint: 'Places another picture over this one; you can move it until Enter fixes it.',
  },
  {
    id: 'file.place-open',
    title: 'Place from open picture…',
    hint: 'Places the selection of another open picture, or all of it, over this one.',
  },
  '---',
  { id: 'file.import-mask', title: 'Import mask…' },
  { id: 'file.export-mask', title: 'Export mask…' },
  '---',
  {
    id: 'file.add-model',
    title: 'Add a model…',
    hint: 'A package, or the files of a model that researchers have published.',
  },
  '---',
  { id: 'file.close', title: 'Close', shortcuts: ['Mod+W'] },
  'quit',
] as const satisfies readonly MenuEntry[];
