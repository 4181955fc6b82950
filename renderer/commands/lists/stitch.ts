import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { dropFloating, placeFloating } from '../stitch/float.ts';

/** What is done with a piece that floats over the picture. */
export const stitchCommands: readonly Command[] = [
  {
    group: 'Edit',
    duringGesture: true,
    id: 'stitch.place',
    title: 'Place the piece',
    shortcuts: ['Enter'],
    hint: 'Makes the piece that floats part of the picture; whatever else is done first does so too.',
    ...forDocument(placeFloating, floats),
  },
  {
    group: 'Edit',
    duringGesture: true,
    id: 'stitch.drop',
    title: 'Drop the piece',
    shortcuts: ['Escape', 'Delete', 'Backspace'],
    hint: 'Gives up the piece that floats; the picture stays as it is.',
    ...forDocument((document) => {
      dropFloating(document);
    }, floats),
  },
];

/** A piece that is just being dragged is the gesture's. */
function floats({ floating }: OpenDocument, { gesture }: { readonly gesture: unknown }): boolean {
  return floating !== null && gesture === null;
}
