import type { Picture } from '../../../core/pixels/picture.ts';
import type { FillRecord } from '../../io/metadata/fillRecord.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import type { DecodedPicture } from '../../io/codec/decode.ts';
import type { FillJob, FillProgress, FillResult, JobControl } from '../../../core/fill/fillJob.ts';
import { labelOf } from '../shared/batch.ts';
import type { Context } from '../shared/context.ts';
import type { Destination } from '../shared/plan.ts';
import type { FrameOptions } from '../shared/picture.ts';
import { samplingOf, type SamplingFlags } from '../shared/sampling.ts';

/** The options that every fill of a picture shares. */
export interface FillSettings extends SamplingFlags, FrameOptions {
  readonly seed: number;
  readonly quality?: number;
}

/** One picture to fill, and where its results go. */
export interface FillTask {
  readonly operation: FillRecord['operation'];
  readonly model: LoadedPackage;
  readonly settings: FillSettings;
  readonly input: string;
  readonly index: number; // among the pictures of the command
  readonly count: number;
  readonly destination: Destination;
}

/** What a task came to: the canvas without the fill, and the fill. */
export interface Filled {
  readonly source: DecodedPicture; // for its metadata
  readonly canvas: Picture; // of the result's size
  readonly result: FillResult;
}

/** The part of a {@link FillJob} that the options decide. */
export function jobSettings(settings: FillSettings): Omit<FillJob, 'picture' | 'selection'> {
  const { seed, candidates, feather, detail, scale } = settings;
  return {
    sampling: samplingOf(settings),
    seed,
    candidates,
    feather,
    detail,
    ...(scale !== undefined && { scale }),
  };
}

/** How a task is followed and stopped. The bar shows at once, since encoding comes before the first step. */
export function controlOf({ reporter, signal }: Context, task: FillTask): JobControl {
  const label = labelOf(task.input, task.index, task.count);
  const onProgress = ({ done, total }: Pick<FillProgress, 'done' | 'total'>) => {
    reporter.bar.show({ label, done, total });
  };
  onProgress({ done: 0, total: samplingOf(task.settings).steps });
  return { signal, onProgress };
}
