import type { FillRequest } from '../request.ts';
import type { Rng } from '../../base/rng.ts';
import { confidenceOrder } from './confidence.ts';
import { haltonOrder, haltonSequence } from './halton.ts';
import type { OrderRule } from './order.ts';
import { purityOrder } from './purity.ts';
import { randomOrder } from './random.ts';
import { rasterOrder } from './raster.ts';

/** The request's order, for one candidate at a time: each has a generator of its own. */
export function orderRules(request: FillRequest): (rng: Rng) => OrderRule {
  switch (request.order) {
    case 'random':
      return () => randomOrder;
    case 'raster':
      return () => rasterOrder;
    case 'purity':
      return () => purityOrder;
    case 'confidence':
      return () => confidenceOrder(request.gumbel);
    case 'halton': {
      const sequence = haltonSequence(request.grid.width, request.grid.height);
      return (rng) => haltonOrder(sequence, rng);
    }
  }
}
