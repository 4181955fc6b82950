import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { dropFloating, placeFloating } from '../stitch/float.ts';

/** What is done with the floating selection. */
export const stitchCommands: readonly Command[] = [
  defineCommand('stitch.place', { duringGesture: true, ...forDocument(placeFloating, floats) }),
  defineCommand('stitch.drop', {
    duringGesture: true,
    ...forDocument((document) => {
      dropFloating(document);
    }, floats),
  }),
];

/** A selection that is just being dragged is the gesture's. */
function floats({ floating }: OpenDocument, { gesture }: { readonly gesture: unknown }): boolean {
  return floating !== null && gesture === null;
}
