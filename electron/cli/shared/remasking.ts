import { TesseraError } from '../../../core/base/errors.ts';
import type { Remasking } from '../../../core/sampling/request.ts';
import { decimal, oneOf } from './values.ts';

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
