/** A command of the window in the native menu: its id there, what it is called, and the keys that are shown beside it. */
export interface MenuCommand {
  readonly id: string;
  readonly label: string;
  readonly keys?: string; // an Electron accelerator
  readonly type?: 'checkbox' | 'radio';
}

/** What is no command stands for items that template.ts makes. */
export type MenuEntry = MenuCommand | '---' | 'recent' | 'window' | 'quit';

/** A menu or a submenu. */
export interface MenuGroup {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

const tool = (id: string, label: string, keys: string): MenuCommand => ({
  id: `tool.${id}`,
  label,
  keys,
  type: 'radio',
});

/** Everything that a person can do with the window. Names and keys are those of renderer/commands; a test holds them together. */
export const MENUS: readonly MenuGroup[] = [
  {
    label: 'File',
    entries: [
      { id: 'file.open', label: 'Open…', keys: 'CmdOrCtrl+O' },
      'recent',
      { id: 'file.new-canvas', label: 'New canvas…', keys: 'CmdOrCtrl+Alt+N' },
      { id: 'file.new-from-clipboard', label: 'New from clipboard', keys: 'CmdOrCtrl+N' },
      '---',
      { id: 'file.save', label: 'Save', keys: 'CmdOrCtrl+S' },
      { id: 'file.save-as', label: 'Save as…', keys: 'CmdOrCtrl+Shift+S' },
      { id: 'file.export', label: 'Export…', keys: 'CmdOrCtrl+Shift+E' },
      '---',
      { id: 'file.place', label: 'Place picture…', keys: 'CmdOrCtrl+Shift+P' },
      { id: 'file.place-open', label: 'Place from open picture…' },
      '---',
      { id: 'file.import-mask', label: 'Import mask…' },
      { id: 'file.export-mask', label: 'Export mask…' },
      '---',
      { id: 'file.close', label: 'Close', keys: 'CmdOrCtrl+W' },
      'quit',
    ],
  },
  {
    label: 'Edit',
    entries: [
      { id: 'edit.undo', label: 'Undo', keys: 'CmdOrCtrl+Z' },
      { id: 'edit.redo', label: 'Redo', keys: 'CmdOrCtrl+Shift+Z' },
      '---',
      { id: 'edit.copy', label: 'Copy', keys: 'CmdOrCtrl+C' },
      { id: 'edit.paste', label: 'Paste', keys: 'CmdOrCtrl+V' },
      { id: 'stitch.place', label: 'Place the piece', keys: 'Enter' },
      { id: 'stitch.drop', label: 'Drop the piece', keys: 'Esc' },
      '---',
      { id: 'canvas.extend', label: 'Extend the picture…', keys: 'CmdOrCtrl+Alt+C' },
      { id: 'canvas.crop', label: 'Crop to the selection' },
      '---',
      { id: 'edit.cancel', label: 'Cancel', keys: 'Esc' },
    ],
  },
  {
    label: 'Select',
    entries: [
      { id: 'select.all', label: 'Select all', keys: 'CmdOrCtrl+A' },
      { id: 'select.none', label: 'Select nothing', keys: 'CmdOrCtrl+D' },
      { id: 'select.invert', label: 'Invert selection', keys: 'CmdOrCtrl+Shift+I' },
      '---',
      { id: 'select.empty', label: 'Select what is empty' },
      '---',
      { id: 'select.grow', label: 'Grow selection…' },
      { id: 'select.shrink', label: 'Shrink selection…' },
      { id: 'select.feather', label: 'Feather selection…', keys: 'Shift+F6' },
    ],
  },
  {
    label: 'Tools',
    entries: [
      tool('pan', 'Pan', 'H'),
      tool('brush', 'Mask brush', 'B'),
      tool('eraser', 'Mask eraser', 'E'),
      tool('rectangle', 'Rectangle', 'M'),
      tool('ellipse', 'Ellipse', 'Shift+M'),
      tool('lasso', 'Lasso', 'L'),
      tool('polygon', 'Polygon', 'Shift+L'),
      tool('wand', 'Wand', 'W'),
      tool('colour', 'Select by colour', 'Shift+W'),
      tool('original', 'Paint the original back', 'O'),
      tool('frame', 'Frame', 'F'),
      '---',
      tool('token-brush', 'Token brush', 'T'),
      tool('token-line', 'Token line', 'Shift+T'),
      tool('token-rectangle', 'Token rectangle', 'Shift+T'),
      tool('token-bucket', 'Token bucket', 'G'),
      tool('token-picker', 'Token picker', 'I'),
      tool('token-stamp', 'Token stamp', 'S'),
      tool('token-eraser', 'Token eraser', 'X'),
      tool('token-restore', 'Restore tokens', 'Shift+X'),
      tool('token-pin', 'Pin tokens', 'P'),
      tool('token-ask', 'Ask the model', 'A'),
      tool('token-mix', 'Mix candidates', 'K'),
      '---',
      { id: 'brush.smaller', label: 'Smaller brush', keys: '[' },
      { id: 'brush.larger', label: 'Larger brush', keys: ']' },
      { id: 'brush.softer', label: 'Softer brush', keys: '{' },
      { id: 'brush.harder', label: 'Harder brush', keys: '}' },
    ],
  },
  {
    label: 'Fill',
    entries: [
      { id: 'fill.run', label: 'Fill', keys: 'Enter' },
      { id: 'fill.again', label: 'Fill again', keys: 'CmdOrCtrl+Shift+Enter' },
      { id: 'fill.cancel', label: 'Cancel fill', keys: 'Esc' },
      { id: 'fill.reveal-frame', label: 'Show the frame' },
      '---',
      { id: 'fill.accept', label: 'Accept candidate', keys: 'Enter' },
      { id: 'fill.previous', label: 'Previous candidate', keys: 'Left' },
      { id: 'fill.next', label: 'Next candidate', keys: 'Right' },
      { id: 'fill.discard', label: 'Discard candidate', keys: 'Delete' },
      { id: 'fill.discard-all', label: 'Discard all candidates', keys: 'Shift+Delete' },
    ],
  },
  {
    label: 'Tokens',
    entries: [
      { id: 'tokens.paint', label: 'Paint token', keys: 'Shift+Enter' },
      { id: 'tokens.pick', label: 'Pick code', keys: 'Shift+I' },
      { id: 'tokens.erase', label: 'Erase token', keys: 'Delete' },
      { id: 'tokens.restore', label: 'Restore token' },
      { id: 'tokens.pin', label: 'Pin or unpin token', keys: 'P' },
      '---',
      { id: 'tokens.copy', label: 'Copy tokens' },
      { id: 'tokens.paste', label: 'Paste tokens' },
      { id: 'tokens.take-stamp', label: 'Take stamp', keys: 'Shift+S' },
      { id: 'tokens.flip-horizontal', label: 'Flip stamp horizontally', keys: 'Alt+H' },
      { id: 'tokens.flip-vertical', label: 'Flip stamp vertically', keys: 'Alt+V' },
      '---',
      { id: 'tokens.suggest', label: 'Ask for suggestions', keys: 'Shift+A' },
      { id: 'tokens.next-suggestion', label: 'Next suggestion', keys: 'Right' },
      { id: 'tokens.previous-suggestion', label: 'Previous suggestion', keys: 'Left' },
      { id: 'tokens.take-suggestion', label: 'Take suggestion', keys: 'Enter' },
      { id: 'tokens.close-suggestions', label: 'Close suggestions', keys: 'Esc' },
      '---',
      { id: 'tokens.measure-confidence', label: 'Measure confidence', type: 'checkbox' },
      { id: 'tokens.measure-entropy', label: 'Measure entropy', type: 'checkbox' },
      { id: 'tokens.measure-error', label: 'Measure error', type: 'checkbox' },
      { id: 'tokens.hide-heat', label: 'Hide heat map' },
      { id: 'tokens.select-least-likely', label: 'Select the least likely' },
      '---',
      { id: 'tokens.compare-next', label: 'Compare with next candidate', keys: 'Alt+C' },
      { id: 'tokens.scrub-back', label: 'Scrub back', keys: 'Alt+Left' },
      { id: 'tokens.scrub-forward', label: 'Scrub forward', keys: 'Alt+Right' },
      { id: 'tokens.branch-other', label: 'Branch with another seed', keys: 'Alt+Enter' },
      { id: 'tokens.branch-same', label: 'Branch with the same seed' },
      '---',
      { id: 'tokens.import', label: 'Import tokens…' },
      { id: 'tokens.export', label: 'Export tokens…' },
      { id: 'tokens.copy-command', label: 'Copy fill as command…' },
    ],
  },
  {
    label: 'View',
    entries: [
      { id: 'view.zoom-in', label: 'Zoom in', keys: 'CmdOrCtrl+Plus' },
      { id: 'view.zoom-out', label: 'Zoom out', keys: 'CmdOrCtrl+-' },
      { id: 'view.fit', label: 'Fit in window', keys: 'CmdOrCtrl+0' },
      { id: 'view.actual', label: 'Actual size', keys: 'CmdOrCtrl+1' },
      '---',
      { id: 'view.hole', label: 'Show the hole', keys: 'Shift+H', type: 'checkbox' },
      { id: 'view.pixel-grid', label: 'Pixel grid', keys: "CmdOrCtrl+'", type: 'checkbox' },
      { id: 'view.token-grid', label: 'Show tokens', keys: 'Shift+G', type: 'checkbox' },
      { id: 'view.rulers', label: 'Rulers', keys: 'CmdOrCtrl+R', type: 'checkbox' },
      '---',
      { id: 'view.compare', label: 'Compare with the original', keys: '\\', type: 'checkbox' },
      { id: 'view.compare-split', label: 'Split comparison', keys: '|', type: 'checkbox' },
      '---',
      'window',
    ],
  },
  {
    label: 'Help',
    entries: [
      { id: 'help.shortcuts', label: 'Keyboard shortcuts', keys: '?' },
      { id: 'help.about', label: 'About Tessera' },
    ],
  },
];

export function isCommand(entry: MenuEntry): entry is MenuCommand {
  return typeof entry === 'object';
}
