import type { TokenFilters } from '../../../core/sampling/request.ts';

/** Filters with one of them set, or taken out. */
export function withFilter(
  filters: TokenFilters,
  key: keyof TokenFilters,
  value: number | undefined,
): TokenFilters {
  const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== key));
  return value === undefined ? others : { ...others, [key]: value };
}
