import { cropCanvas } from '../../../core/document/canvas.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';

export const canvasCommands: readonly Command[] = [
  {
    id: 'canvas.extend',
    title: 'Extend the picture…',
    group: 'Canvas',
    shortcuts: ['Mod+Alt+C'],
    hint: 'Makes room around the picture, for a fill to continue it.',
    ...forDocument((_, editor) => {
      editor.dialog = 'extend';
    }),
  },
  {
    id: 'canvas.crop',
    title: 'Crop to the selection',
    group: 'Canvas',
    hint: 'Cuts off what lies outside the rectangle around the selection.',
    ...forDocument(
      (document) => {
        const rect = boundsOf(document.current.selection);
        if (!rect) return;
        const facts = { Size: `${rect.width} x ${rect.height} px` };
        document.commit('Crop', cropCanvas(document.current, rect), facts);
        document.view.reveal(document.current.canvas);
      },
      ({ current }) => current.selection.tiles.size > 0,
    ),
  },
];
