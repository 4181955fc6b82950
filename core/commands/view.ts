import type { MenuEntry } from './command.ts';

export const VIEW_MENU = [
  { id: 'view.zoom-in', title: 'Zoom in', shortcuts: ['Mod++', 'Mod+='] },
  { id: 'view.zoom-out', title: 'Zoom out', shortcuts: ['Mod+-'] },
  { id: 'view.fit', title: 'Fit in window', shortcuts: ['Mod+0'], hint: 'Shows the whole picture.' },
  {
    id: 'view.actual',
    title: 'Actual size',
    shortcuts: ['Mod+1'],
    hint: 'Shows one px of the picture on one px of the screen.',
  },
  '---',
  {
    id: 'view.hole',
    title: 'Show tokens to be filled',
    shortcuts: ['Shift+H'],
    hint: 'Shows the tokens that will be refilled, over the selection.',
    mark: 'checkbox',
  },
  {
    id: 'view.pixel-grid',
    title: 'Pixel grid',
    shortcuts: ["Mod+'"],
    hint: 'Shows lines between pixels at high zoom.',
    mark: 'checkbox',
  },
  {
    id: 'view.token-grid',
    title: 'Show tokens',
    shortcuts: ['Shift+G'],
    hint: 'Shows the tokens of the frame over the picture with every tool.',
    mark: 'checkbox',
  },
  {
    id: 'view.panels',
    title: 'Tools and panels',
    shortcuts: ['Mod+\\'],
    hint: 'Hides everything beside the picture, or shows it again.',
    mark: 'checkbox',
  },
  { id: 'view.rulers', title: 'Rulers', shortcuts: ['Mod+R'], mark: 'checkbox' },
  '---',
  {
    id: 'view.compare',
    title: 'Compare with the original',
    shortcuts: ['\\'],
    hint: 'Shows the picture as it was opened, while the key is held.',
    mark: 'checkbox',
  },
  {
    id: 'view.compare-split',
    title: 'Split comparison',
    shortcuts: ['|', 'Y'],
    hint: 'Shows the original left of a line that can be dragged.',
    mark: 'checkbox',
  },
  '---',
  'window',
  { id: 'view.pan-held', title: 'Pan while held', shortcuts: ['Space'], keysOnly: true },
] as const satisfies readonly MenuEntry[];

export const HELP_MENU = [
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', shortcuts: ['?', 'F1'] },
  { id: 'help.updates', title: 'Check for updates…' },
  { id: 'help.about', title: 'About Tessera' },
] as const satisfies readonly MenuEntry[];
