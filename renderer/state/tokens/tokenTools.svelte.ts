import type { TokenStamp } from '../../../core/tokens/stamp.ts';
import { isOneOf, isWhole, persistedValues, restorePersisted } from '../persistence.ts';

export const MOST_TOKENS = 9; // across a brush
const RECENT = 24; // codes

/** Two ways to lay the codes out. */
export const PALETTE_VIEWS = ['list', 'map'] as const;
export type PaletteView = (typeof PALETTE_VIEWS)[number];

/** Which codes the palette shows, and in which order. */
export type PaletteFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'used' } // by the tokens of the frame, the most frequent first
  | { readonly kind: 'colour'; readonly colour: string } // '#rrggbb', the nearest first
  | { readonly kind: 'like'; readonly id: number } // the likest first
  | { readonly kind: 'favourites' }
  | { readonly kind: 'recent' }
  | { readonly kind: 'set'; readonly name: string };

/** Codes under a name, of one package. */
export interface CodeSet {
  readonly name: string;
  readonly package: string; // id
  readonly codes: readonly number[];
}

/** What paints tokens, and how. */
export class TokenTools {
  code = $state<number | null>(null); // the current one
  width = $state(1); // tokens across the brush, 1 .. MOST_TOKENS
  stamp = $state.raw<TokenStamp | null>(null);
  view = $state<PaletteView>('list');
  filter = $state.raw<PaletteFilter>({ kind: 'all' });
  /** By package id, the newest first. */
  recent = $state.raw<Readonly<Record<string, readonly number[]>>>({});
  favourites = $state.raw<Readonly<Record<string, readonly number[]>>>({});
  sets = $state.raw<readonly CodeSet[]>([]);
  /** The share of tokens that "select the least likely" selects, %. */
  leastLikely = $state(10);

  /** Makes a code the current one, and remembers it. */
  take(code: number, packageId: string): void {
    this.code = code;
    const others = (this.recent[packageId] ?? []).filter((other) => other !== code);
    this.recent = { ...this.recent, [packageId]: [code, ...others].slice(0, RECENT) };
  }

  isFavourite(code: number, packageId: string): boolean {
    return this.favourites[packageId]?.includes(code) ?? false;
  }

  toggleFavourite(code: number, packageId: string): void {
    const codes = this.favourites[packageId] ?? [];
    const next = codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code];
    this.favourites = { ...this.favourites, [packageId]: next };
  }

  /** What stays between sessions, as plain JSON. */
  values(): Record<string, unknown> {
    return persistedValues(this, PERSISTED);
  }

  /** Takes over what is known and can be; the rest stays as it is. */
  restore(values: unknown): void {
    restorePersisted(this, PERSISTED, values);
  }
}

const isCode = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isCodes = (value: unknown): boolean => Array.isArray(value) && value.every(isCode);
const isCodesByPackage = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every(isCodes);
const isSet = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, package: made, codes } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof made === 'string' && isCodes(codes);
};

const PERSISTED = {
  width: isWhole(1, MOST_TOKENS),
  view: isOneOf(PALETTE_VIEWS),
  recent: isCodesByPackage,
  favourites: isCodesByPackage,
  sets: (value: unknown): boolean => Array.isArray(value) && value.every(isSet),
  leastLikely: isWhole(1, 100),
};
