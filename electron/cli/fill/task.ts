import { TesseraError } from '../../../core/base/errors.ts';
import type { Document } from '../../../core/document/document.ts';
import type { FillControl } from '../../../core/fill/fillFrames.ts';
import type { DocumentFill } from '../../../core/document/fillDocument.ts';
import type { FillSettings } from '../../../core/fill/settings.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import type { DecodedPicture } from '../../io/codec/decode.ts';
import type { CandidateSeed } from '../../../core/base/seeds.ts';
import { labelOf } from '../shared/batch.ts';
import type { KeptMetadata } from '../shared/options.ts';
import type { Context } from '../shared/context.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import type { PromptFlags } from '../shared/prompt.ts';
import type { Destination } from '../shared/plan.ts';
import type { FrameOptions } from '../shared/picture.ts';
import { changesOf, samplingFrom, type SamplingFlags } from '../shared/sampling.ts';

/** The options that every fill of a picture shares. */
export interface FillFlags extends SamplingFlags, FrameOptions, PromptFlags {
  readonly strength?: number; // of a repair
  readonly quality?: number;
  readonly metadata: KeptMetadata;
}

/** One picture to fill, and where its results go. */
export interface FillTask {
  readonly model: LoadedPackage;
  readonly flags: FillFlags;
  readonly prompt: Prompt | null;
  readonly seed: CandidateSeed;
  readonly input: string;
  readonly index: number; // among the pictures of the command
  readonly count: number;
  readonly destination: Destination;
  readonly onShare?: (share: number) => void; // hears how much of it is done, 0 .. 1
}

/** What a task came to: the document without the fill, and the fill. */
export interface Filled {
  readonly source: DecodedPicture; // for its metadata
  readonly document: Document;
  readonly fill: DocumentFill;
}

/** One is planned by the model and one by patches of the picture, and the better is written. */
const PLANS = 2;

/** How many results are made. @throws TesseraError 'usage' for fewer than are to be written */
export function triesOf(flags: Omit<FillFlags, 'metadata'>): number {
  const { candidates, texture, strength, prompt, seed } = flags;
  const hasPlans = texture > 0 && strength === undefined && prompt === undefined && seed?.isOwn !== true;
  const { tries = hasPlans ? Math.max(PLANS, candidates) : candidates } = flags;
  if (tries >= candidates) return tries;
  throw new TesseraError(
    'usage',
    `Of ${tries} tries, ${candidates} results cannot be written.`,
    'Give --tries at least as many as --candidates.',
  );
}

/** How a fill is wanted, as the window's panel would have it. */
export function settingsOf({ flags, prompt, model }: FillTask): FillSettings {
  const { preset, feather, detail, texture, scale = null, strength = null } = flags;
  const candidates = triesOf(flags);
  const usual = model.manifest.sampling ?? null;
  const changes = changesOf(flags, usual);
  return { preset, changes, candidates, feather, detail, texture, scale, prompt, strength, usual };
}

/** How a task is followed and stopped. The bar shows at once, since encoding comes before the first step. */
export function controlOf({ reporter, signal }: Context, task: FillTask): FillControl {
  const label = labelOf(task.input, task.index, task.count);
  reporter.bar.show({ label, done: 0, total: samplingFrom(task.flags, task.model.manifest.sampling).steps });
  return {
    signal,
    onProgress(progress) {
      if (progress.kind !== 'step') return;
      reporter.bar.show({ label, ...progress });
      task.onShare?.(progress.done / progress.total);
    },
  };
}
