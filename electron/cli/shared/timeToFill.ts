import { fillTime, WORTH_SAYING } from '../../../core/fill/fillTime.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import { createPassTimes } from '../../engine/packages/passTimes.ts';
import { userCache } from '../../io/userCache.ts';
import type { Context } from './context.ts';
import type { ModelOptions } from './options.ts';
import { durationText } from './text.ts';

/**
 * How long one pass of the denoiser takes here, ms, as the window measures it: once for each package and provider. Null for
 * one of several engines, which tells nobody.
 */
export async function passOf(
  { engine }: Pick<Context, 'engine'>,
  { server }: Pick<ModelOptions, 'server'>,
  model: LoadedPackage,
): Promise<number | null> {
  if (engine) return null;
  const times = createPassTimes(userCache);
  const of = { sha256: model.sha256, server: server?.[0] ?? null };
  await times.measure(of, model);
  return times.known(of);
}

/** What the time of a fill depends on, before its frames are known. */
export interface TimedFill {
  readonly what: string; // as a person calls it
  readonly model: Pick<LoadedPackage, 'denoiser'>;
  readonly pass: number | null; // ms
  readonly steps: number;
  readonly candidates: number;
  readonly prompt: Prompt | null;
}

/** Says how long a fill of some frames takes, where that is worth saying. */
export function tellTime(
  { reporter }: Pick<Context, 'reporter'>,
  { what, model, pass, steps, candidates, prompt }: TimedFill,
  plans: readonly FramePlan[],
): void {
  if (pass === null) return;
  const guided = prompt !== null && prompt.guidance !== 1;
  const time = fillTime({ plans, window: model.denoiser.window, steps, candidates, guided, pass });
  if (time > WORTH_SAYING) reporter.note(`${what} takes about ${durationText(time)}.`);
}
