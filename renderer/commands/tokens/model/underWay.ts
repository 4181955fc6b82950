import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { leaveScrub, scrubOf } from '../candidates/scrub.ts';
import { closeSuggestions } from './suggest.ts';

/** What Escape stops of what the model is asked about tokens, the nearest thing first; null where there is nothing. */
export function modelUnderWay(document: OpenDocument): (() => void) | null {
  const { asking, asked, measuring } = document.tokenWork;
  if (asking || asked)
    return () => {
      closeSuggestions(document);
    };
  if (scrubOf(document))
    return () => {
      leaveScrub(document);
    };
  return (
    measuring &&
    (() => {
      measuring.cancel();
    })
  );
}
