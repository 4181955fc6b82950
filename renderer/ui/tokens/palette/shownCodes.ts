import type { PackageInfo } from '../../../../core/contract/engineApi.ts';
import type { Swatches } from '../../../../core/paint/swatches.ts';
import { nearestCodes, similarCodes, type usedCodes } from '../../../../core/palette/alike.ts';
import type { PaletteFilter, TokenTools } from '../../../state/tokens/tokenTools.svelte.ts';

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
  like: 'Take a code into the hand first.',
  favourites: 'None yet: the star beside the code in the hand, or the * key, puts codes here.',
  recent: 'None yet: codes that you take into the hand come here.',
  set: 'This set is empty.',
};

/** Why a filter shows nothing, and what to do. */
export function nothingText({ kind }: PaletteFilter): string {
  return NOTHING[kind];
}
