import type { FillOutcome, FillParams } from '../../../core/fill/params.ts';
import { samplingOf } from '../../../core/fill/settings.ts';
import { type FillRecord, pinsIn, recordOf, tokensIn } from '../../../core/fill/record.ts';
import type { Branch, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';

/** What came of a fill. */
export interface Made {
  readonly sent: FillParams;
  readonly outcome: FillOutcome;
  readonly duration: number; // ms
  readonly version: string; // of Tessera
}

/** What a candidate was made with, for people. */
export function factsOf(run: FillRun, made: Made, index: number): Readonly<Record<string, string>> {
  const { order, seed, branch } = run;
  const { candidates, feather, detail, package: info } = order;
  const sampling = samplingOf(order);
  const changed = Object.keys(order.changes).length > 0;
  return {
    Preset: changed ? `${presetTitle(order)}, changed` : presetTitle(order),
    Seed: `${seed}`,
    ...(candidates > 1 && { Candidate: `${index + 1} of ${candidates}` }),
    ...(branch && { Branch: `from step ${branch.step} of candidate ${branch.from.name}` }),
    Steps: `${sampling.steps}`,
    Temperature: `${sampling.temperature}`,
    Tokens: `${tokensIn(made.outcome)}`,
    ...(pinsIn(made.outcome) > 0 && { Pinned: `${pinsIn(made.outcome)}` }),
    ...(order.plans.length > 1 && { Frames: `${order.plans.length}` }),
    Scale: scaleText(order),
    ...(feather > 0 && { Feather: `${feather} px` }),
    ...(detail !== 1 && { Detail: `${Math.round(100 * detail)} %` }),
    Package: `${info.name} ${info.version}`,
    Time: `${(made.duration / 1000).toFixed(1)} s`,
  };
}

/** The record of what was done, for files that are written afterwards. */
export function fillRecord({ order, branch }: FillRun, made: Made, index: number): FillRecord {
  return recordOf({
    version: made.version,
    package: order.package,
    settings: order,
    params: made.sent,
    outcome: made.outcome,
    candidate: index,
    ...(branch && { more: { branch: describeBranch(branch) } }),
  });
}

/** The record of a candidate some of whose tokens were exchanged. */
export function recordOfMix(record: FillRecord, tokens: number): FillRecord {
  return { ...record, settings: { ...record.settings, mixed: tokens } };
}

function describeBranch({ from, frame, step }: Branch): Record<string, number> {
  return { step, seed: from.seed, candidate: from.number, ...(from.frames.length > 1 && { frame }) };
}

function presetTitle({ preset }: FillOrder): string {
  return preset.charAt(0).toUpperCase() + preset.slice(1);
}

function scaleText({ plans }: FillOrder): string {
  const scales = plans.map(({ frame }) => frame.scale);
  const [least, most] = [Math.min(...scales), Math.max(...scales)].map((scale) => Number(scale.toFixed(2)));
  return `${least === most ? least! : `${least!} to ${most!}`} px per model px`;
}
