import { type Command, Option } from 'commander';
import { DEFAULT_PRESET, type Preset, type PresetName, PRESETS } from '../../../core/sampling/presets.ts';
import {
  type Order,
  ORDERS,
  type Remasking,
  type Schedule,
  SCHEDULES,
} from '../../../core/sampling/request.ts';
import { SAMPLING_FLAGS } from '../../../core/sampling/flags.ts';
import { presetOf, samplingOf } from '../../../core/fill/settings.ts';
import type { PackageSampling } from '../../../core/model/manifest.ts';
import { type CandidateSeed, parseSeed } from '../../../core/base/seeds.ts';
import { decimal, oneOf, wholeNumber } from './values.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { MAX_CANDIDATES, MAX_ID, MAX_SEED } from '../../../core/base/limits.ts';
import { LIMITS } from '../../../core/sampling/validate.ts';

/** How a fill is drawn, as the command line says it. */
export interface SamplingFlags {
  readonly preset: PresetName;
  readonly seed?: SeedChoice; // drawn where absent
  readonly candidates: number; // 1 .. MAX_CANDIDATES
  readonly steps?: number;
  readonly order?: Order;
  readonly schedule?: Schedule;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly truncation?: number;
  readonly gumbel?: number;
  readonly remasking?: Remasking;
  readonly sharpening?: number;
}

/** A seed, and whether it was said which of its candidates are wanted. */
export interface SeedChoice extends CandidateSeed {
  readonly isOwn: boolean;
}

function seedChoice(text: string): SeedChoice {
  const seed = parseSeed(text);
  if (seed) return { ...seed, isOwn: text.includes(':') };
  throw new TesseraError(
    'usage',
    `--seed takes a whole number from 0 to ${MAX_SEED}, or one with a candidate such as 7:3, and "${text}" is neither.`,
  );
}

/** The names of all of them, as the parser knows them. */
export const SAMPLING_OPTIONS = [
  'preset',
  'seed',
  'candidates',
  'steps',
  'order',
  'schedule',
  'temperature',
  'topK',
  'topP',
  'truncation',
  'gumbel',
  'remasking',
  'sharpening',
] as const satisfies readonly (keyof SamplingFlags)[];

const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];
const ADVANCED = 'Advanced (each replaces one setting of the preset):';

/** Adds the options that decide how a fill is drawn. */
export function withSampling(command: Command): Command {
  return command
    .addOption(
      option('--preset <NAME>', PRESET_NAMES.join(', '), oneOf('--preset', PRESET_NAMES)).default(
        DEFAULT_PRESET,
      ),
    )
    .addOption(
      option(
        '--seed <N>',
        'the same seed gives the same result; N:K makes its candidates from the K-th on',
        seedChoice,
      ),
    )
    .addOption(
      option(
        '--candidates <N>',
        `1 to ${MAX_CANDIDATES} results, written as NAME-1, NAME-2, ...`,
        wholeNumber('--candidates', 1, MAX_CANDIDATES),
      ).default(1),
    )
    .optionsGroup(ADVANCED)
    .addOption(
      option(
        `--${SAMPLING_FLAGS.steps} <N>`,
        'passes of the denoiser',
        wholeNumber('--steps', 1, LIMITS.steps),
      ),
    )
    .addOption(option(`--${SAMPLING_FLAGS.order} <NAME>`, ORDERS.join(', '), oneOf('--order', ORDERS)))
    .addOption(
      option(`--${SAMPLING_FLAGS.schedule} <NAME>`, SCHEDULES.join(', '), oneOf('--schedule', SCHEDULES)),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.temperature} <T>`,
        '0 takes the likeliest code',
        decimal('--temperature', 0, 100),
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.topK} <K>`,
        'draw from the K likeliest codes',
        wholeNumber('--top-k', 1, MAX_ID),
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.topP} <P>`,
        'draw from the likeliest codes of mass P',
        decimal('--top-p', 0, 1, true),
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.truncation} <R>`,
        'as in Improved VQ-Diffusion',
        decimal('--truncation', 0, 1, true),
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.gumbel} <TAU>`,
        'noise of the orders "confidence" and "annealed"',
        decimal('--gumbel', 0, 1e9),
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.remasking} <KIND[:ETA]>`,
        'mask some tokens again: none, cap:ETA, rescale:ETA, conf:ETA or loop:ETA:FROM:TO[:ALPHA]',
        parseRemasking,
      ),
    )
    .addOption(
      option(
        `--${SAMPLING_FLAGS.sharpening} <R>`,
        'of the order "purity", how far certain cells take likely codes',
        decimal('--sharpening', 0, LIMITS.sharpening),
      ),
    )
    .optionsGroup('Options:');
}

/** What the command line replaces in the preset, which a package may have in its own way. */
export function changesOf(flags: SamplingFlags, usual: PackageSampling | null = null): Partial<Preset> {
  const { order, schedule, steps, temperature, gumbel, remasking, sharpening, topK, topP, truncation } =
    flags;
  const filters = given({ topK, topP, truncation });
  return {
    ...given({ order, schedule, steps, temperature, gumbel, remasking, sharpening }),
    ...(Object.keys(filters).length > 0 && {
      filters: { ...presetOf(flags.preset, usual).filters, ...filters },
    }),
  };
}

/** The preset with what the command line replaces in it. */
export function samplingFrom(flags: SamplingFlags, usual: PackageSampling | null = null): Preset {
  return samplingOf({ preset: flags.preset, changes: changesOf(flags, usual), usual });
}

/** The values that are there. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function option(flags: string, description: string, parse: (text: string) => unknown): Option {
  return new Option(flags, description).argParser(parse);
}

const KINDS = ['none', 'cap', 'rescale', 'conf', 'loop'] as const;

/** How many numbers follow each kind: eta, and for the loop where it begins and ends, and what it holds revealed. */
const NUMBERS: Readonly<Record<Remasking['kind'], readonly number[]>> = {
  none: [0],
  cap: [1],
  rescale: [1],
  conf: [1],
  loop: [3, 4],
};

/** Reads `none`, `cap:0.05`, `rescale:0.05`, `conf:0.5`, `loop:0.02:0.4:0.9` or, with its share, `loop:0.02:0.4:0.9:0.8`. */
export function parseRemasking(text: string): Remasking {
  const [word = '', ...rest] = text.split(':');
  const kind = oneOf('--remasking', KINDS)(word);
  if (!NUMBERS[kind].includes(rest.length)) {
    throw new TesseraError(
      'usage',
      `--remasking ${kind} takes ${NUMBERS[kind].join(' or ')} numbers after it, and "${text}" has ${rest.length}.`,
      'Write none, cap:ETA, rescale:ETA, conf:ETA or loop:ETA:FROM:TO[:ALPHA].',
    );
  }
  const [eta = 0, from = 0, to = 0, alpha] = rest.map(decimal('--remasking', 0, 1));
  if (kind === 'none') return { kind };
  if (kind !== 'loop') return { kind, eta };
  if (alpha !== undefined && !(0 < alpha && alpha < 1)) {
    throw new TesseraError(
      'usage',
      `The share that the loop in --remasking ${text} holds must be above 0 and below 1.`,
      'Leave it out for 0.9.',
    );
  }
  if (0 < from && from < to) return { kind, eta, from, to, ...(alpha !== undefined && { alpha }) };
  throw new TesseraError(
    'usage',
    `The loop in --remasking ${text} must start after 0 and before it ends.`,
    'Write loop:ETA:FROM:TO with FROM and TO as shares of the steps, such as loop:0.02:0.4:0.9.',
  );
}
