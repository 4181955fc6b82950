import { type CandidateSeed, seedText } from '../../../core/base/seeds.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import { onCanvas } from '../../../core/frames/frame.ts';
import type { FillPhase } from '../../../core/fill/params.ts';
import { tokensIn } from '../../../core/fill/record.ts';
import type { Clock } from '../../../core/fill/clock.ts';
import { roundTimings } from '../shared/report.ts';
import { count, durationText } from '../shared/text.ts';
import type { Filled } from './task.ts';
import type { WrittenCandidate } from './writeResults.ts';

/** Reading and writing happen around a fill, so their time is kept beside that of its phases. */
export const FILE_PHASES = ['read', 'write'] as const;
export type FileClock = Clock<(typeof FILE_PHASES)[number]>;

type Phase = 'plan' | Exclude<FillPhase, 'previews'> | (typeof FILE_PHASES)[number];

/** What a report says of one filled picture. */
export interface FillReport {
  readonly outputs: readonly WrittenCandidate[];
  readonly width: number; // of the outputs, px
  readonly height: number;
  readonly seed: number;
  readonly first?: number; // the place of the first candidate among all of the seed, from 0; 0 if left out
  readonly tokensChanged: number;
  readonly selectedPixels: number;
  readonly frames: readonly (Frame & { readonly hole: number })[]; // hole: tokens refilled
  readonly timings: Readonly<Record<Phase | 'total', number>>; // ms
}

export function reportOf(
  { document: { canvas }, fill: { params, outcome, planning } }: Filled,
  outputs: readonly WrittenCandidate[],
  { seed, first }: CandidateSeed,
  files: FileClock,
): FillReport {
  const { frames, selectedPixels, timings } = outcome;
  const { encode, steps, decode, composite, synthesis, ranking } = timings;
  const phases = { plan: planning, encode, steps, decode, composite, synthesis, ranking, ...files.times };
  const total = Object.values(phases).reduce((sum, ms) => sum + ms, 0);
  return {
    outputs,
    width: canvas.width,
    height: canvas.height,
    seed,
    ...(first > 0 && { first }),
    tokensChanged: tokensIn(outcome),
    selectedPixels,
    frames: frames.map(({ hole }, i) => ({
      ...onCanvas(params.frames[i]!.plan.frame, canvas),
      hole: hole.length,
    })),
    timings: roundTimings({ ...phases, total }),
  };
}

/** The report for a person: the files, then one line about them. */
export function reportText(report: FillReport, { steps }: { readonly steps: number }): string {
  const { outputs, frames, tokensChanged, seed, first = 0, timings } = report;
  const files = outputs.flatMap(({ path, tokens }) => [path, ...(tokens ?? [])]);
  const work = `${count(tokensChanged, 'token')} in ${count(frames.length, 'frame')}`;
  return `${files.join('\n')}\n  ${work}, ${count(steps, 'step')}, seed ${seedText({ seed, first })}, ${durationText(timings.total)}`;
}
