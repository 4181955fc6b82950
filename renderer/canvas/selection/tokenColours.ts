import { MASK } from '../../../core/tokens/grid.ts';

/** The colours of a package's codes as pixels, alpha highest; '#rrggbb' each. */
export function palettePixels(colours: readonly string[]): Uint32Array {
  return Uint32Array.from(colours, (colour) => opaque(colour));
}

/** '#rrggbb' as an opaque pixel, alpha highest. */
export function opaque(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

export interface TokenColours {
  readonly palette: Uint32Array; // [codes]
  readonly veil: number; // opaque pixel, over tokens that are missing
  /** 0 .. 1, where the light that runs over the veil is; null stands still. */
  readonly phase: number | null;
}

const QUIET = 0.3; // opacity of the veil
const BRIGHT = 0.55; // where the light is
const BAND = 10; // tokens across that the light takes

/**
 * What the tokens of a frame look like while they are revealed, [rows, columns] pixels: a veil over those that are missing,
 * the colour of their code for those that came since `decoded`, and nothing over those that the picture shows already.
 */
export function colourTokens(
  out: Uint32Array,
  columns: number,
  ids: Int32Array | undefined,
  decoded: Int32Array | undefined,
  { palette, veil, phase }: TokenColours,
): void {
  const span = columns + out.length / columns + BAND;
  for (let cell = 0; cell < out.length; cell++) {
    const id = ids?.[cell] ?? MASK;
    if (id !== MASK) {
      out[cell] = decoded !== undefined && decoded[cell] !== MASK ? 0 : palette[id]!;
      continue;
    }
    const diagonal = (cell % columns) + Math.floor(cell / columns) + BAND / 2;
    const away = phase === null ? BAND : Math.abs(diagonal - phase * span);
    const light = Math.max(0, 1 - (2 * away) / BAND);
    const alpha = Math.round(255 * (QUIET + (BRIGHT - QUIET) * light * light));
    out[cell] = ((veil & 0xffffff) | (alpha << 24)) >>> 0;
  }
}
