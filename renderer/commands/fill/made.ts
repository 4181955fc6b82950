import type { Detail } from '../../../core/document/details.ts';
import type { FillOutcome, FillParams } from '../../../core/fill/params.ts';
import { samplingOf } from '../../../core/fill/settings.ts';
import { type FillRecord, pinsIn, recordOf, tokensIn } from '../../../core/fill/record.ts';
import type { Branch, FillRun } from '../../state/fillSession.svelte.ts';

type Changes = Extract<Detail, { kind: 'preset' }>['changes'];

/** What came of a fill. */
export interface Made {
  readonly sent: FillParams;
  readonly outcome: FillOutcome;
  readonly duration: number; // ms
  readonly version: string; // of Tessera
}

/** What a candidate was made with, for the undo step that accepting it makes. */
export function detailsOf(
  { order, seed, first = 0, branch }: FillRun,
  made: Made,
  index: number,
): readonly Detail[] {
  const { preset, changes, candidates, feather, detail, texture, prompt, strength, package: info } = order;
  const { steps, temperature } = samplingOf(order);
  const { score } = made.outcome.candidates[index]!;
  const number = first + index + 1;
  const pinned = pinsIn(made.outcome);
  const frames = order.plans.length;
  const scales = order.plans.map(({ frame }) => frame.scale);
  const list: (Detail | false)[] = [
    { kind: 'preset', preset, changes: JSON.parse(JSON.stringify(changes)) as Changes }, // as it is stored
    { kind: 'seed', seed, candidate: number },
    prompt !== null && { kind: 'prompt', ...prompt },
    strength !== null && { kind: 'share', of: 'strength', share: strength },
    first + candidates > 1 && { kind: 'candidate', number, of: first + candidates },
    branch !== undefined && { kind: 'branch', step: branch.step, candidate: branch.from.name },
    { kind: 'count', of: 'steps', count: steps },
    { kind: 'temperature', temperature },
    { kind: 'count', of: 'tokens', count: tokensIn(made.outcome) },
    pinned > 0 && { kind: 'count', of: 'pinned', count: pinned },
    frames > 1 && { kind: 'count', of: 'frames', count: frames },
    { kind: 'scale', least: Math.min(...scales), most: Math.max(...scales) },
    feather > 0 && { kind: 'length', of: 'feather', px: feather },
    detail !== 1 && { kind: 'share', of: 'detail', share: detail },
    { kind: 'share', of: 'texture', share: texture },
    frames === 1 && { kind: 'plan', source: made.outcome.frames[0]!.candidates[index]!.source },
    score !== null && { kind: 'score', ...score },
    { kind: 'package', name: info.name, version: info.version },
    { kind: 'duration', ms: made.duration },
  ];
  return list.filter((item) => item !== false);
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
