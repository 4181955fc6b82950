import type { FillOutcome, FillParams } from '../../../core/fill/params.ts';
import type { Branch, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';

/** What came of a fill. */
export interface Made {
  readonly sent: FillParams;
  readonly outcome: FillOutcome;
  readonly duration: number; // ms
  readonly outpainted: boolean; // it made something where nothing was
  readonly version: string; // of Tessera
}

/** What a candidate was made with, for people. */
export function factsOf(run: FillRun, made: Made, index: number): Readonly<Record<string, string>> {
  const { order, seed, branch } = run;
  const { sampling, candidates, feather, detail, package: info } = order;
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

/** A FillRecord (electron/io/metadata): what was done, as files that are written afterwards tell it. */
export function recordOf({ order, seed, branch }: FillRun, made: Made, index: number): unknown {
  const pinned = pinsIn(made.outcome);
  const settings = { ...deviations(order), ...(branch && { branch: describeBranch(branch) }) };
  return {
    format: 1,
    software: `Tessera ${made.version}`,
    operation: made.outpainted ? 'outpaint' : 'fill',
    package: { id: order.package.id, version: order.package.version },
    preset: order.preset,
    seed,
    ...(order.candidates > 1 && { candidate: index + 1 }),
    hole: {
      tokens: tokensIn(made.outcome),
      pixels: made.outcome.selectedPixels,
      ...(pinned > 0 && { pinned }),
    },
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

/** The record of a candidate some of whose tokens were exchanged. */
export function recordOfMix(record: unknown, tokens: number): unknown {
  const known = record as { readonly settings?: Readonly<Record<string, unknown>> };
  return { ...known, settings: { ...known.settings, mixed: tokens } };
}

/** What was set otherwise than the preset has it. */
function deviations({ changes, feather, detail, scale }: FillOrder): Record<string, unknown> {
  const { filters, ...others } = changes;
  return {
    ...others,
    ...filters,
    ...(feather > 0 && { feather }),
    ...(detail !== 1 && { detail }),
    ...(scale !== null && { scale }),
  };
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

function tokensIn({ frames }: FillOutcome): number {
  return frames.reduce((sum, { hole }) => sum + hole.length, 0);
}

/** Tokens of the holes that stayed as they were. */
function pinsIn({ frames }: FillOutcome): number {
  return frames.reduce((sum, { request }) => sum + request.pins.length, 0);
}
