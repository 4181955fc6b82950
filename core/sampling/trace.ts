import { MASK } from '../tokens/grid.ts';
import type { FillRequest, FillTrace } from './request.ts';
import type { FillStart } from '../tokens/fillStart.ts';

/** A candidate's tokens after some steps of its fill, MASK where still missing: [height * width]. */
export function idsAfter(request: FillRequest, trace: FillTrace, step: number): Int32Array {
  return replay(request, trace, step).ids;
}

/**
 * Where a branch starts that goes on from a candidate after some steps, and repeats the rest exactly; without `rng` it
 * goes another way. A request with it has one candidate, or none of the generator's state.
 *
 * @param step 1 .. steps - 1; of a branch itself, not before its own start
 */
export function startAfter(request: FillRequest, trace: FillTrace, step: number): FillStart {
  const { ids, confidence } = replay(request, trace, step);
  const rng = trace[step - 1 - (request.start?.step ?? 0)]?.rng ?? request.start?.rng;
  return { step, ids: Array.from(ids), believed: Array.from(confidence), ...(rng && { rng }) };
}

/** Steps through a trace. The trace of a branch begins after the step that the branch started at. */
function replay(
  { grid, hole, pins, start, strength }: FillRequest,
  trace: FillTrace,
  step: number,
): { ids: Int32Array; confidence: Float32Array } {
  const ids = Int32Array.from(start?.ids ?? grid.ids);
  const confidence = Float32Array.from(start?.believed ?? new Float32Array(ids.length));
  if (!start && strength === undefined) {
    const pinned = new Set(pins);
    for (const cell of hole) if (!pinned.has(cell)) ids[cell] = MASK;
  }
  for (const { changed, ids: then, probabilities } of trace.slice(0, step - (start?.step ?? 0))) {
    for (let i = 0; i < changed.length; i++) {
      const cell = changed[i]!;
      ids[cell] = then[i]!;
      if (then[i] !== MASK) confidence[cell] = probabilities[i]!;
    }
  }
  return { ids, confidence };
}
