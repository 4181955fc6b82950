/** What a newcomer to tokens has done so far. */
export interface TokenDeeds {
  readonly ready: boolean; // a code is in the hand, and a tool that paints it
  readonly painted: boolean;
  readonly suggested: boolean; // something that the model suggested was taken
  readonly erased: boolean; // there is a hole
  readonly hinted: boolean; // with a token that stays in it
  readonly filled: boolean; // around such a token
}

/** What a newcomer to tokens does, in order. */
export const TOKEN_STEPS = [
  'Pick a code, paint a square; the picture follows.',
  'Paint a square of the picture with the code in your hand.',
  'Ask what the model would put in a square, and take one of its suggestions.',
  'Erase some squares: they become a hole.',
  'Paint a square in the hole as a hint; it is pinned by itself.',
  'Fill: the model makes the rest of the hole fit your hint.',
] as const;

/** Which of the steps is next; their number when all are done. */
export function tokenStep({ ready, painted, suggested, erased, hinted, filled }: TokenDeeds): number {
  if (filled) return TOKEN_STEPS.length;
  if (!painted) return ready ? 1 : 0;
  if (!suggested) return 2;
  if (!erased) return 3;
  return hinted ? 5 : 4;
}
