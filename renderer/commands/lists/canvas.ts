import { cropCanvas } from '../../../core/document/canvas.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import { selectNone } from '../../../core/selection/combine.ts';
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
        const { width, height } = rect;
        const crop = cropCanvas(document.current, rect);
        // Enter is at hand: a picture that is wholly selected would be filled by it.
        const selection = selectNone(document.current.selection);
        document.commit('Crop', { ...crop, selection }, [{ kind: 'size', of: 'px', width, height }]);
        document.view.reveal(document.current.canvas);
      },
      ({ current }) => current.selection.tiles.size > 0,
    ),
  ),
];
