import type { Order, Remasking, Schedule } from '../../../core/sampling/request.ts';

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

export const ORDER_CHOICES: readonly Choice<Order>[] = [
  { value: 'confidence', label: 'Most certain first' },
  { value: 'purity', label: 'Purest first' },
  { value: 'halton', label: 'Evenly spread (Halton)' },
  { value: 'random', label: 'Random' },
  { value: 'raster', label: 'Row by row' },
];

export const SCHEDULE_CHOICES: readonly Choice<Schedule>[] = [
  { value: 'cosine', label: 'Cosine' },
  { value: 'arccos', label: 'Arccos' },
  { value: 'square', label: 'Square' },
  { value: 'linear', label: 'Linear' },
];

export const REMASKING_CHOICES: readonly Choice<Remasking['kind']>[] = [
  { value: 'none', label: 'None' },
  { value: 'cap', label: 'Capped' },
  { value: 'rescale', label: 'Rescaled' },
  { value: 'conf', label: 'By confidence' },
  { value: 'loop', label: 'Loop' },
];

const FIRST_ETA = 0.1;

/** Another kind of remasking, with the strength that it had or a mild one. */
export function remaskingOf(kind: Remasking['kind'], before: Remasking): Remasking {
  if (kind === 'none') return { kind };
  const eta = before.kind === 'none' ? FIRST_ETA : before.eta;
  return kind === 'loop' ? { kind, eta, from: 0.5, to: 0.8 } : { kind, eta };
}
