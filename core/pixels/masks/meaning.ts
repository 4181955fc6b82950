import type { Picture } from '../picture.ts';

/** What a picture that serves as a mask was taken for. */
export type MaskMeaning =
  | { readonly kind: 'levels' } // its brightness, as it is
  | { readonly kind: 'layer' } // the alpha of one colour
  | { readonly kind: 'erased' } // a picture from which a region was erased: what is transparent counts
  | { readonly kind: 'two-values'; readonly low: number; readonly high: number } // the brighter one counts
  | { readonly kind: 'label'; readonly label: Label }; // one of several labels

/** A label of a label picture: a small number, or a colour such as #ff0000. */
export type Label = number | string;

/** What a mask was taken for, as a sentence about it; null where it is what anybody would take it for. */
export function meaningText(meaning: MaskMeaning): string | null {
  switch (meaning.kind) {
    case 'levels':
    case 'layer':
      return null;
    case 'erased':
      return 'The mask is a picture with something erased: what is transparent in it counts as selected.';
    case 'two-values':
      return `The mask has two values, ${meaning.low} and ${meaning.high}: ${meaning.high} counts as selected.`;
    case 'label':
      return `Of the labels in the mask, ${meaning.label} counts as selected.`;
  }
}

/** What a mask picture holds: a value for each pixel, or labels of which one has to be chosen. */
export type MaskContent =
  | { readonly kind: 'values'; readonly meaning: MaskMeaning; readonly values: Uint8Array } // [pixels], 0 .. 255
  | { readonly kind: 'labels'; readonly labels: readonly LabelCount[] };

export interface LabelCount {
  readonly label: Label;
  readonly pixels: number;
}

const MOST_LABELS = 64;
const DARK = 64; // of 255: levels of a mask reach beyond, numbers of labels do not
const BACKGROUND: readonly Label[] = [0, '#000000'];

/**
 * What a picture means as a mask. Common ways of drawing one are told apart:
 * - black and white, and what lies between: the luminance counts; transparency hides what lies under it;
 * - any two values, such as 0 and 1: the brighter one counts in full;
 * - one colour on a transparent layer: the alpha counts, whatever the colour is;
 * - a picture from which a region was erased: what is transparent counts;
 * - a number or a colour for each kind of thing: `label` says which one counts.
 */
export function maskContent(picture: Picture, label?: Label): MaskContent {
  const seen = lookAt(picture.data);
  if (seen.transparent && seen.colours.size === 1) return stretched(alphaOf(picture.data), 'layer');
  if (seen.transparent && isPicture(seen)) {
    return { kind: 'values', meaning: { kind: 'erased' }, values: inverted(alphaOf(picture.data)) };
  }
  const labels = label !== undefined || hasLabels(seen) ? labelsOf(seen) : [];
  if (label !== undefined)
    return { kind: 'values', meaning: { kind: 'label', label }, values: only(picture.data, label) };
  if (labels.length > 0) return { kind: 'labels', labels };
  return stretched(levelsOf(picture.data), 'levels');
}

interface Seen {
  readonly transparent: boolean; // some of it
  readonly pixels: number; // that can be seen
  readonly pure: number; // of them, black or white
  /** Colours that can be seen and how many pixels each has; not all where there are more than of labels. */
  readonly colours: ReadonlyMap<number, number>;
}

function lookAt(rgba: Uint8Array): Seen {
  const colours = new Map<number, number>();
  const note = (colour: number, run: number): void => {
    const known = colours.get(colour);
    if (run > 0 && (known !== undefined || colours.size <= MOST_LABELS))
      colours.set(colour, (known ?? 0) + run);
  };
  let [transparent, pixels, pure] = [false, 0, 0];
  let [last, run] = [-1, 0]; // neighbours are mostly alike
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3] !== 255) transparent = true;
    if (rgba[at + 3] === 0) continue;
    pixels++;
    const colour = colourAt(rgba, at);
    if (colour === 0 || colour === 0xffffff) pure++;
    if (colour !== last) {
      note(last, run);
      [last, run] = [colour, 0];
    }
    run++;
  }
  note(last, run);
  return { transparent, pixels, pure, colours };
}

/** Masks are black and white for the most part, and pictures have many colours. */
function isPicture({ colours, pixels, pure }: Seen): boolean {
  return colours.size > MOST_LABELS && pure < pixels / 2;
}

/** Whether a few values are numbers of things, rather than levels. */
function hasLabels({ colours, transparent }: Seen): boolean {
  if (transparent || colours.size < 3 || colours.size > MOST_LABELS) return false;
  const all = [...colours.keys()];
  const vivid = all.filter((colour) => !isGrey(colour));
  return vivid.length >= 2 || (vivid.length === 0 && all.every((colour) => (colour & 255) < DARK));
}

function labelsOf({ colours }: Seen): LabelCount[] {
  const areGrey = [...colours.keys()].every(isGrey);
  return [...colours]
    .map(([colour, pixels]): LabelCount => ({ label: areGrey ? colour & 255 : hex(colour), pixels }))
    .filter(({ label }) => !BACKGROUND.includes(label))
    .sort((a, b) => b.pixels - a.pixels);
}

function only(rgba: Uint8Array, label: Label): Uint8Array {
  const wanted = typeof label === 'number' ? label * 0x010101 : Number.parseInt(label.slice(1), 16);
  const values = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < values.length; i++) if (colourAt(rgba, 4 * i) === wanted) values[i] = rgba[4 * i + 3]!;
  return values;
}

/** Values of which only two occur become none and all. */
function stretched(values: Uint8Array, kind: 'levels' | 'layer'): MaskContent {
  const low = values[0] ?? 0;
  const high = values.find((value) => value !== low);
  if (high === undefined || values.some((value) => value !== low && value !== high)) {
    return { kind: 'values', meaning: { kind }, values };
  }
  const [dark, bright] = low < high ? [low, high] : [high, low];
  if (dark === 0 && bright === 255) return { kind: 'values', meaning: { kind }, values };
  return {
    kind: 'values',
    meaning: { kind: 'two-values', low: dark, high: bright },
    values: values.map((value) => (value === bright ? 255 : 0)),
  };
}

function alphaOf(rgba: Uint8Array): Uint8Array {
  const values = new Uint8Array(rgba.length / 4);
  for (let i = 0, at = 3; i < values.length; i++, at += 4) values[i] = rgba[at]!;
  return values;
}

function inverted(values: Uint8Array): Uint8Array {
  return values.map((value) => 255 - value);
}

/** Rec. 709 luma times alpha; grey levels stay exactly what they are. */
function levelsOf(rgba: Uint8Array): Uint8Array {
  const values = new Uint8Array(rgba.length / 4);
  for (let i = 0, at = 0; i < values.length; i++, at += 4) {
    const luma = 0.2126 * rgba[at]! + 0.7152 * rgba[at + 1]! + 0.0722 * rgba[at + 2]!;
    values[i] = Math.round((luma * rgba[at + 3]!) / 255);
  }
  return values;
}

function colourAt(rgba: Uint8Array, at: number): number {
  return (rgba[at]! << 16) | (rgba[at + 1]! << 8) | rgba[at + 2]!;
}

function isGrey(colour: number): boolean {
  return colour >> 16 === (colour & 255) && ((colour >> 8) & 255) === (colour & 255);
}

function hex(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
