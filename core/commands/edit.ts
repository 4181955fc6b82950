import type { MenuEntry } from './command.ts';

export const EDIT_MENU = [
  { id: 'edit.undo', title: 'Undo', shortcuts: ['Mod+Z', 'Mod+Alt+Z'] },
  { id: 'edit.redo', title: 'Redo', shortcuts: ['Mod+Shift+Z', 'Mod+Y'] },
  '---',
  {
    id: 'edit.cut',
    title: 'Cut',
    shortcuts: ['Mod+X'],
    hint: 'Copies what is selected and leaves its place transparent and selected.',
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    shortcuts: ['Mod+C'],
    hint: 'Copies what is selected, or the whole picture; with a token tool, tokens.',
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    shortcuts: ['Mod+V'],
    hint: 'Places the picture from the clipboard over the view; with a token tool, makes copied tokens the current stamp.',
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    shortcuts: ['Mod+J'],
    hint: 'Lays a copy of what is selected over the picture, to be moved, scaled and turned.',
  },
  {
    id: 'edit.transform',
    title: 'Transform',
    shortcuts: ['Mod+T'],
    hint: 'Takes what is selected out of the picture, to be moved, scaled and turned. Its place becomes transparent.',
  },
  {
    id: 'stitch.place',
    title: 'Place',
    shortcuts: ['Enter'],
    hint: 'Makes the floating piece part of the picture; any other command does so first.',
  },
  {
    id: 'stitch.drop',
    title: 'Discard',
    shortcuts: ['Escape', 'Delete', 'Backspace'],
    hint: 'Removes the floating piece; the picture stays as it is.',
  },
  '---',
  {
    id: 'edit.cancel',
    title: 'Cancel',
    shortcuts: ['Escape'],
    hint: 'Stops what is under way: a stroke, a dialog, a fill. Candidates that wait then leave the strip for the history.',
  },
  {
    id: 'edit.finish-shape',
    title: 'Finish shape',
    shortcuts: ['Enter'],
    hint: 'Closes the polygon that is being drawn.',
    keysOnly: true,
  },
  {
    id: 'edit.step-back',
    title: 'Take back the last corner',
    shortcuts: ['Backspace', 'Delete'],
    keysOnly: true,
  },
  '---',
  {
    id: 'edit.settings',
    title: 'Settings…',
    shortcuts: ['Mod+,'],
    hint: 'Theme, size of the interface, shortcuts, and how Tessera starts, saves and exports.',
  },
] as const satisfies readonly MenuEntry[];

export const SELECT_MENU = [
  { id: 'select.all', title: 'Select all', shortcuts: ['Mod+A'] },
  { id: 'select.none', title: 'Select nothing', shortcuts: ['Mod+D'] },
  {
    id: 'select.again',
    title: 'Select again',
    shortcuts: ['Mod+Shift+D'],
    hint: 'Brings back what was selected last, as after a fill.',
  },
  { id: 'select.invert', title: 'Invert selection', shortcuts: ['Mod+Shift+I'] },
  '---',
  {
    id: 'select.empty',
    title: 'Select transparent areas',
    hint: 'Selects what is transparent, so that a fill can draw it. Grow the selection by a few px to include the seams.',
  },
  '---',
  { id: 'select.grow', title: 'Grow selection…', hint: 'Makes the selection larger all around.' },
  { id: 'select.shrink', title: 'Shrink selection…', hint: 'Makes the selection smaller all around.' },
  {
    id: 'select.feather',
    title: 'Feather selection…',
    shortcuts: ['Shift+F6'],
    hint: 'Makes the border of the selection soft.',
  },
] as const satisfies readonly MenuEntry[];
