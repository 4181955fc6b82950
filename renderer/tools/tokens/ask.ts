import { suggest } from '../../commands/tokens/suggest.ts';
import type { TokenKind } from './cellGesture.ts';
import { chooseGesture } from './chooseGesture.ts';

/** Asks the model about the token that is clicked, or about the group that is dragged around; Shift adds to it. */
export function ask(): TokenKind {
  return {
    id: 'token-ask',
    alt: 'picks',
    drags: true,
    covers: 'cell',
    begin(place, input) {
      const { editor, document } = place;
      return chooseGesture(place, input, (cells) => suggest(editor, document, cells));
    },
  };
}
