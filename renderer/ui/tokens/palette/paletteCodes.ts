import type { CodeSet, PaletteFilter, TokenTools } from '../../../state/tokens/tokenTools.svelte.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { Swatches } from '../../../../core/paint/swatches.ts';
import { codeMap, mapSize } from '../../../../core/palette/codeMap.ts';
import { nearestCodes, similarCodes, type usedCodes } from '../../../../core/palette/alike.ts';
import { swatchFeatures } from '../../../../core/palette/swatchFeatures.ts';
import { translated } from '../../../state/texts.svelte.ts';

/** What decides which codes a palette shows. */
export interface PaletteFacts {
  readonly info: Pick<PackageInfo, 'id' | 'palette'>;
  readonly swatches: Swatches | null;
  readonly used: ReturnType<typeof usedCodes>; // by the tokens of the frame, the most frequent first
  readonly tools: Pick<TokenTools, 'favourites' | 'recent' | 'sets'>;
}

/** The codes that a palette shows, in its order. */
export function shownCodes(filter: PaletteFilter, facts: PaletteFacts): readonly number[] {
  const { info, swatches, used, tools } = facts;
  switch (filter.kind) {
    case 'all':
      return info.palette.order;
    case 'used':
      return used.map(({ id }) => id);
    case 'colour':
      return nearestCodes(info.palette.colors, filter.colour);
    case 'like':
      return likest(filter.id, info.palette.colors, swatches);
    case 'favourites':
      return tools.favourites[info.id] ?? [];
    case 'recent':
      return tools.recent[info.id] ?? [];
    case 'set':
      return tools.sets.find((set) => set.package === info.id && set.name === filter.name)?.codes ?? [];
  }
}

/** Codes by their likeness to one, itself first; by colour alone until there are swatches. */
export function likest(id: number, colors: readonly string[], swatches: Swatches | null): readonly number[] {
  if (swatches !== null) return similarCodes(swatches, id);
  const colour = colors[id];
  return colour === undefined ? [] : nearestCodes(colors, colour);
}

const NOTHING: Readonly<Record<PaletteFilter['kind'], string>> = {
  all: 'This package has no codes.',
  used: 'The tokens of the frame are not known yet.',
  colour: 'This package has no codes.',
  like: 'Choose a code first.',
  favourites: 'No favourites yet. Add one with the star next to the current code, or with the * key.',
  recent: 'No recent codes yet. Codes that you choose appear here.',
  set: 'This set is empty.',
};

/** Why a filter shows nothing, and what to do. */
export function nothingText({ kind }: PaletteFilter): string {
  return translated(NOTHING[kind]);
}

const SET = 'set:'; // before the name of a set, in the value of a choice
const FIRST_COLOUR = '#4a78b5';

interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

/** The filters as a person chooses from them. */
export function filterChoices(sets: readonly CodeSet[], current: number | null): readonly FilterChoice[] {
  return [
    { value: 'all', label: 'All codes' },
    { value: 'used', label: 'Used in the frame' },
    { value: 'colour', label: 'By colour' },
    ...(current === null ? [] : [{ value: 'like', label: 'Like the current code' }]),
    { value: 'favourites', label: 'Favourites' },
    { value: 'recent', label: 'Recent' },
    ...sets.map(({ name }) => ({ value: SET + name, label: `Set: ${name}` })),
  ];
}

/** The choice that stands for a filter. */
export function choiceOf(filter: PaletteFilter): string {
  return filter.kind === 'set' ? SET + filter.name : filter.kind;
}

/** The filter that a choice stands for. "Like the current code" keeps its code when another one becomes current. */
export function filterOf(choice: string, current: number | null): PaletteFilter {
  if (choice.startsWith(SET)) return { kind: 'set', name: choice.slice(SET.length) };
  switch (choice) {
    case 'used':
    case 'favourites':
    case 'recent':
      return { kind: choice };
    case 'colour':
      return { kind: 'colour', colour: FIRST_COLOUR };
    case 'like':
      return current === null ? { kind: 'all' } : { kind: 'like', id: current };
    default:
      return { kind: 'all' };
  }
}

/** Codes in a square in which neighbours look alike. */
interface CodesInMap {
  readonly codes: ArrayLike<number>; // row by row
  readonly columns: number;
}

const made = new WeakMap<Swatches, CodesInMap>();

/** The map of a package; until its swatches are there, its codes in their order. */
export function mapOf(
  { codes, palette }: Pick<PackageInfo, 'codes' | 'palette'>,
  swatches: Swatches | null,
): CodesInMap {
  const columns = mapSize(codes).width;
  if (swatches === null) return { codes: palette.order, columns };
  const known = made.get(swatches);
  if (known) return known;
  const map = { codes: codeMap(swatchFeatures(swatches)).subarray(0, codes), columns };
  made.set(swatches, map);
  return map;
}
