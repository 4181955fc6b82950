import type { DenoiserFamily } from './families.ts';

/** What denoisers have in common whose tokens become missing, and that nothing leads. */
export const PLAIN = {
  kind: 'absorbing',
  timestep: false,
  conditioning: 'none',
  text: null,
  sampling: null,
} as const satisfies Partial<DenoiserFamily>;
