import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { dropFloating, placeFloating } from '../stitch/float.ts';

/** What is done with a piece that floats over the picture. */
export const stitchCommands: readonly Command[] = [
  defineCommand('stitch.place', { duringGesture: true, ...forDocument(placeFloating, floats) }),
  defineCommand('stitch.drop', {
    duringGesture: true,
    ...forDocument((document) => {
      dropFloating(document);
    }, floats),
  }),
];

/** A piece that is just being dragged is the gesture's. */
function floats({ floating }: OpenDocument, { gesture }: { readonly gesture: unknown }): boolean {
  return floating !== null && gesture === null;
}
