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

/** Everything that the window can do, in menus. */
export const MENUS: readonly MenuGroup[] = [
  {
    label: 'File',
    entries: [
      { id: 'file.open', label: 'Open…', keys: 'CmdOrCtrl+O' },
      'recent',
      { id: 'file.new-from-clipboard', label: 'New from Clipboard', keys: 'CmdOrCtrl+N' },
      '---',
      { id: 'file.save', label: 'Save', keys: 'CmdOrCtrl+S' },
      { id: 'file.save-as', label: 'Save As…', keys: 'CmdOrCtrl+Shift+S' },
      { id: 'file.export', label: 'Export…', keys: 'CmdOrCtrl+Shift+E' },
      '---',
      { id: 'file.import-mask', label: 'Import Mask…' },
      { id: 'file.export-mask', label: 'Export Mask…' },
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
    ],
  },
  {
    label: 'Select',
    entries: [
      { id: 'select.all', label: 'All', keys: 'CmdOrCtrl+A' },
      { id: 'select.none', label: 'None', keys: 'CmdOrCtrl+D' },
      { id: 'select.invert', label: 'Invert', keys: 'CmdOrCtrl+Shift+I' },
      '---',
      { id: 'select.grow', label: 'Grow…' },
      { id: 'select.shrink', label: 'Shrink…' },
      { id: 'select.feather', label: 'Feather…' },
    ],
  },
  {
    label: 'Tools',
    entries: [
      tool('pan', 'Pan', 'H'),
      tool('brush', 'Mask Brush', 'B'),
      tool('eraser', 'Eraser', 'E'),
      tool('rectangle', 'Rectangle', 'M'),
      tool('ellipse', 'Ellipse', 'Shift+M'),
      tool('lasso', 'Lasso', 'L'),
      tool('polygon', 'Polygon', 'Shift+L'),
      tool('wand', 'Wand', 'W'),
      tool('colour', 'Select by Colour', 'Shift+W'),
      tool('original', 'Paint the Original Back', 'O'),
      tool('frame', 'Frame', 'F'),
    ],
  },
  {
    label: 'Fill',
    entries: [
      { id: 'fill.run', label: 'Fill', keys: 'Enter' },
      { id: 'fill.cancel', label: 'Cancel', keys: 'Esc' },
      { id: 'fill.again', label: 'Fill Again with Another Seed' },
      '---',
      { id: 'fill.accept', label: 'Accept Candidate', keys: 'Enter' },
      { id: 'fill.previous', label: 'Previous Candidate', keys: 'Left' },
      { id: 'fill.next', label: 'Next Candidate', keys: 'Right' },
      { id: 'fill.discard', label: 'Discard Candidate', keys: 'Delete' },
      { id: 'fill.discard-all', label: 'Discard All Candidates' },
      '---',
      { id: 'canvas.extend', label: 'Extend the Picture…' },
    ],
  },
  {
    label: 'View',
    entries: [
      { id: 'view.zoom-in', label: 'Zoom In', keys: 'CmdOrCtrl+Plus' },
      { id: 'view.zoom-out', label: 'Zoom Out', keys: 'CmdOrCtrl+-' },
      { id: 'view.fit', label: 'Fit', keys: 'CmdOrCtrl+0' },
      { id: 'view.actual', label: 'Actual Size', keys: 'CmdOrCtrl+1' },
      '---',
      { id: 'view.hole', label: 'Show the Hole', type: 'checkbox' },
      { id: 'view.pixel-grid', label: 'Pixel Grid', type: 'checkbox' },
      { id: 'view.rulers', label: 'Rulers', type: 'checkbox' },
      { id: 'view.compare', label: 'Compare with the Original', type: 'checkbox' },
      '---',
      'window',
    ],
  },
  {
    label: 'Help',
    entries: [
      { id: 'help.shortcuts', label: 'Keyboard Shortcuts', keys: '?' },
      { id: 'help.about', label: 'About Tessera' },
    ],
  },
];

export function isCommand(entry: MenuEntry): entry is MenuCommand {
  return typeof entry === 'object';
}
