import type { CodeSet, PaletteFilter } from '../../../state/tokens/tokenTools.svelte.ts';

const SET = 'set:'; // before the name of a set, in the value of a choice
export const FIRST_COLOUR = '#4a78b5';

export interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

/** The filters as a person chooses from them. */
export function filterChoices(sets: readonly CodeSet[], hand: number | null): readonly FilterChoice[] {
  return [
    { value: 'all', label: 'All codes' },
    { value: 'used', label: 'Used in the frame' },
    { value: 'colour', label: 'By colour' },
    ...(hand === null ? [] : [{ value: 'like', label: 'Like the code in the hand' }]),
    { value: 'favourites', label: 'Favourites' },
    { value: 'recent', label: 'Recent' },
    ...sets.map(({ name }) => ({ value: SET + name, label: `Set: ${name}` })),
  ];
}

/** The choice that stands for a filter. */
export function choiceOf(filter: PaletteFilter): string {
  return filter.kind === 'set' ? SET + filter.name : filter.kind;
}

/** The filter that a choice stands for; what is like the code in the hand stays so when another one is taken. */
export function filterOf(choice: string, hand: number | null): PaletteFilter {
  if (choice.startsWith(SET)) return { kind: 'set', name: choice.slice(SET.length) };
  switch (choice) {
    case 'used':
    case 'favourites':
    case 'recent':
      return { kind: choice };
    case 'colour':
      return { kind: 'colour', colour: FIRST_COLOUR };
    case 'like':
      return hand === null ? { kind: 'all' } : { kind: 'like', id: hand };
    default:
      return { kind: 'all' };
  }
}
