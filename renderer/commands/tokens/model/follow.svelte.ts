import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { closeSuggestions, dropStale } from './suggest.ts';
import { heatFor } from './maps.ts';
import { leaveScrub, scrubOf } from '../candidates/scrub.ts';
import { otherOf } from '../candidates/compare.ts';
import { untrack } from 'svelte';

/**
 * Lets nothing stay that was said of other tokens than the current ones: suggestions, heat maps, steps of a candidate that
 * is not shown. Returns what stops it.
 */
export function followModel(editor: Editor): () => void {
  return $effect.root(() => {
    $effect(() => {
      if (editor.active) dropStale(editor.active);
    });
    $effect(() => {
      const { active } = editor;
      const frameTokens = active?.tokenWork.frameTokens;
      if (active && frameTokens) {
        untrack(() => {
          keepHeat(active, frameTokens);
        });
      }
    });
    $effect(() => {
      if (editor.active) keepCandidates(editor.active);
    });
  });
}

function keepHeat({ tokenWork }: OpenDocument, frameTokens: SeenTokens): void {
  if (tokenWork.heat) tokenWork.heat = heatFor(tokenWork.heat, frameTokens);
}

function keepCandidates(document: OpenDocument): void {
  const { tokenWork, fill } = document;
  if (tokenWork.scrub && !scrubOf(document)) leaveScrub(document);
  const { other } = tokenWork;
  // It stays while the very one is shown, so that flipping to it and back compares on.
  if (other !== null && other !== fill.currentId && !otherOf(document)) tokenWork.other = null;
}

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
