import type { TokenGrid } from '../../../../core/tokens/grid.ts';
import type { TokenTools } from '../../../state/tokens/tokenTools.svelte.ts';

const SET = 'set:';

/** What can be looked for: one code, or several that go by a name. */
export function sourceChoices({ sets }: Pick<TokenTools, 'sets'>, packageId: string) {
  return [
    { value: 'code', label: 'One code' },
    { value: 'favourites', label: 'Favourites' },
    ...sets
      .filter((set) => set.package === packageId)
      .map(({ name }) => ({ value: SET + name, label: `Set: ${name}` })),
  ];
}

/** The codes that a choice stands for. */
export function sourceCodes(
  choice: string,
  code: number,
  { sets, favourites }: Pick<TokenTools, 'sets' | 'favourites'>,
  packageId: string,
): ReadonlySet<number> {
  if (choice === 'favourites') return new Set(favourites[packageId] ?? []);
  if (choice.startsWith(SET)) {
    const name = choice.slice(SET.length);
    return new Set(sets.find((set) => set.package === packageId && set.name === name)?.codes ?? []);
  }
  return new Set([code]);
}

/** How many tokens have one of the codes. */
export function countFound(
  { ids }: TokenGrid,
  from: ReadonlySet<number>,
  within: ReadonlySet<number> | null, // cells; null is all of them
): number {
  let count = 0;
  for (let cell = 0; cell < ids.length; cell++) {
    const id = ids[cell]!;
    if (from.has(id) && (within === null || within.has(cell))) count++;
  }
  return count;
}
