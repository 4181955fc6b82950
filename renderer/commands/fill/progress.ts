import { samplingOf } from '../../../core/fill/settings.ts';
import type { FillProgress } from '../../../core/fill/params.ts';
import type { FillJobState, FillOrder } from '../../state/fillSession.svelte.ts';

/** A fill before its first step. `startedAt` is ms of performance.now(). */
export function beginJob(
  order: FillOrder,
  names: readonly string[],
  startedAt: number,
  cancel: () => void,
): FillJobState {
  const { plans, selection, candidates } = order;
  return {
    plans,
    selection,
    names,
    startedAt,
    done: 0,
    total: samplingOf(order).steps * plans.length,
    candidates,
    frame: 0,
    ids: [],
    previews: Array.from({ length: candidates }, () => plans.map(() => null)),
    cancel,
  };
}

/** The fill after what the engine told of it. */
export function follow(job: FillJobState, progress: FillProgress): FillJobState {
  if (progress.kind === 'step') {
    const { frame, done, total, ids } = progress;
    return { ...job, frame, done, total, ids };
  }
  const { candidate, frame, patch } = progress;
  const own = job.previews[candidate];
  return own ? { ...job, previews: job.previews.with(candidate, own.with(frame, patch)) } : job;
}
