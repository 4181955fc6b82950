import type { MenuEntry } from './command.ts';

export const PICTURE_MENU = [
  {
    id: 'canvas.apply-crop',
    title: 'Apply crop',
    shortcuts: ['Enter'],
    hint: 'Cuts the picture to the crop frame, and sets it upright.',
  },
  {
    id: 'canvas.reset-crop',
    title: 'Reset crop',
    shortcuts: ['Escape'],
    hint: 'Lays the crop frame around the whole picture again.',
  },
  {
    id: 'canvas.crop',
    title: 'Crop to the selection',
    hint: 'Cuts off what lies outside the rectangle around the selection.',
  },
  {
    id: 'canvas.extend',
    title: 'Extend the picture…',
    shortcuts: ['Mod+Alt+C'],
    hint: 'Makes room around the picture, for a fill to continue it.',
  },
  '---',
  { id: 'canvas.turn-left', title: 'Turn left', hint: 'By 90 degrees, counter-clockwise.' },
  { id: 'canvas.turn-right', title: 'Turn right', hint: 'By 90 degrees, clockwise.' },
  { id: 'canvas.turn-half', title: 'Turn upside down', hint: 'By 180 degrees.' },
  { id: 'canvas.flip-horizontal', title: 'Flip horizontally', hint: 'Exchanges left and right.' },
  { id: 'canvas.flip-vertical', title: 'Flip vertically', hint: 'Exchanges top and bottom.' },
  { id: 'canvas.rotate', title: 'Rotate…', hint: 'By any angle; the corners can be kept or cut off.' },
  '---',
  {
    id: 'canvas.resize',
    title: 'Image size…',
    shortcuts: ['Mod+Alt+I'],
    hint: 'Makes the picture larger or smaller, with all that is in it.',
  },
  {
    id: 'canvas.size',
    title: 'Canvas size…',
    shortcuts: ['Mod+Alt+Shift+C'],
    hint: 'Cuts the picture off or makes room around it; nothing in it becomes larger or smaller.',
  },
] as const satisfies readonly MenuEntry[];
