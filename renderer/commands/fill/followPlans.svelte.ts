import { frameOptions, planFills } from '../../../core/fill/planFills.ts';
import type { Document } from '../../../core/document/document.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { FrameOptions } from '../../../core/frames/rules.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { extendedToFrame } from '../canvas/extend.ts';
import { withOverlap } from './order.ts';

const QUIET = 120; // ms after the last change: nothing is planned while strokes follow one another

/** Keeps `fill.plans` of the active document up to date, away from gestures. Returns what stops it. */
export function followPlans(editor: Editor): () => void {
  return $effect.root(() => {
    const current = $derived(editor.active?.current);
    const canvas = $derived(current?.canvas);
    const selection = $derived(current?.selection);
    const frame = $derived(current?.frame);
    const info = $derived(editor.packages.byRef(editor.fillSettings.package));
    const options = $derived(info && frameOptions(info, editor.fillSettings.scale));
    const overlap = $derived(editor.fillSettings.overlap);
    const inputs = $derived({ canvas, selection, frame, options, overlap }); // another object when any of them is another
    const isBusy = $derived(editor.gesture !== null || (editor.active?.live ?? null) !== null);

    $effect(() => {
      const { active } = editor;
      const { options } = inputs;
      if (!active || isBusy) return;
      const timer = setTimeout(() => {
        active.fill.plans = options ? plansOf(active.current, options, editor.fillSettings.overlap) : [];
      }, QUIET);
      return () => {
        clearTimeout(timer);
      };
    });
  });
}

/** None where there can be none, as on a canvas that is too small: asking for a fill tells why. */
function plansOf(document: Document, options: FrameOptions, overlap: number): FramePlan[] {
  try {
    const extended = extendedToFrame(document);
    return planFills({ ...extended, selection: withOverlap(extended.selection, overlap) }, options);
  } catch (error) {
    if (error instanceof TesseraError) return [];
    throw error;
  }
}
