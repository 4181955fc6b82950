import type { BlindOrder } from './order.ts';

/** Row by row, as an autoregressive model would: kept to show what context from both sides buys. */
export const rasterOrder: BlindOrder = {
  kind: 'blind',
  choose: (missing, { count }) => missing.slice(0, count),
};
