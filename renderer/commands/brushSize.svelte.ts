import { untrack } from 'svelte';
import type { Size } from '../../core/base/geometry.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { LEAST_SIZE, MOST_SIZE } from '../state/tools.svelte.ts';

const FIRST = 1 / 12; // of the picture's longer side
const RATIO = 1.2; // of one size to the next

/** The sizes that keys go through, document px: a step back leads to where one came from. */
const SIZES: readonly number[] = stepsTo(MOST_SIZE);

function stepsTo(most: number): number[] {
  const sizes = [LEAST_SIZE];
  for (let size = LEAST_SIZE; size < most; sizes.push(size))
    size = Math.min(most, Math.max(size + 1, Math.round(size * RATIO)));
  return sizes;
}

/** The next brush that is larger (`sign` 1) or smaller (-1); the same where there is none. */
export function nextBrushSize(size: number, sign: 1 | -1): number {
  const next = sign > 0 ? SIZES.find((each) => each > size) : SIZES.findLast((each) => each < size);
  return next ?? size;
}

/** A brush that is as large on any picture that is seen whole. */
export function firstBrushSize({ width, height }: Size): number {
  const wanted = Math.max(width, height) * FIRST;
  return SIZES.findLast((size) => size <= wanted) ?? LEAST_SIZE;
}

/** Gives every picture a brush of its own size. Returns what stops it. */
export function followBrushSize(editor: Editor): () => void {
  const { tools } = editor;
  const left = new WeakMap<OpenDocument, number>();
  return $effect.root(() => {
    $effect(() => {
      const { active } = editor;
      if (!active) return undefined;
      untrack(() => (tools.size = left.get(active) ?? firstBrushSize(active.current.canvas)));
      return () => left.set(active, tools.size);
    });
  });
}
