import { MASK } from '../../../../core/tokens/grid.ts';
import type { Provenance } from '../../../../core/tokens/provenance.ts';
import type { TokenWork } from '../../../state/tokens/tokenWork.svelte.ts';
import { bitsText, cellText, chanceText, levelsText } from '../../text/size.ts';

/** What there is to say of one token. */
export interface CellFacts {
  readonly code: number | null; // null where there is none
  readonly place: string;
  readonly how: string; // it came to be
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

/** Looks a token of the frame up; null where there is no such token. */
export function cellFacts(
  { frameTokens, stroke, heat }: Pick<TokenWork, 'frameTokens' | 'stroke' | 'heat'>,
  hole: ReadonlySet<number>,
  cell: number,
): CellFacts | null {
  if (frameTokens === null || cell < 0 || cell >= frameTokens.tokens.grid.ids.length) return null;
  const { grid, provenance, pins } = frameTokens.tokens;
  const painted = stroke?.ids.get(cell);
  const id = painted ?? grid.ids[cell]!;
  const how = painted === undefined ? provenance[cell] : ({ kind: 'painted' } as const);
  return {
    code: id === MASK ? null : id,
    place: cellText(cell, grid.width),
    how: howText(how, { pinned: pins.includes(cell), inHole: hole.has(cell) }),
    figures: [
      ...figure('Error', frameTokens.errors?.[cell], levelsText),
      ...(heat?.kind === 'confidence' ? figure('Confidence', heat.values[cell], chanceText) : []),
      ...(heat?.kind === 'entropy' ? figure('Entropy', heat.values[cell], bitsText) : []),
    ],
  };
}

function figure(label: string, value: number | undefined, text: (value: number) => string) {
  return value === undefined || Number.isNaN(value) ? [] : [{ label, value: text(value) }];
}

/** How a token came to be where it is, and what the next fill does with it. */
export function howText(
  provenance: Provenance | undefined,
  { pinned, inHole }: { readonly pinned: boolean; readonly inHole: boolean },
): string {
  if (inHole && !pinned) return 'In the hole: the next fill makes it anew.';
  const came = cameText(provenance);
  return pinned ? `${came}; pinned, so that fills keep it.` : `${came}.`;
}

function cameText(provenance: Provenance | undefined): string {
  switch (provenance?.kind) {
    case 'encoded':
      return 'Encoded from the picture';
    case 'painted':
      return 'Painted by hand';
    case 'pinned':
      return 'Pinned in a fill, as a hint';
    case 'filled':
      return `Filled at step ${provenance.step}, probability ${chanceText(provenance.probability)}`;
    default:
      return 'Not known yet';
  }
}
