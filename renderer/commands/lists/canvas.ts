import { cropCanvas } from '../../../core/document/canvas.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';

export const canvasCommands: readonly Command[] = [
  defineCommand(
    'canvas.extend',
    forDocument((_, editor) => {
      editor.dialog = 'extend';
    }),
  ),
  defineCommand(
    'canvas.crop',
    forDocument(
      (document) => {
        const rect = boundsOf(document.current.selection);
        if (!rect) return;
        const facts = { Size: `${rect.width} x ${rect.height} px` };
        document.commit('Crop', cropCanvas(document.current, rect), facts);
        document.view.reveal(document.current.canvas);
      },
      ({ current }) => current.selection.tiles.size > 0,
    ),
  ),
];
