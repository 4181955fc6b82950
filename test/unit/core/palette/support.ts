import type { Swatches } from '../../../../core/paint/swatches.ts';
import { FEATURES, type Features } from '../../../../core/palette/swatchFeatures.ts';
import { stream } from '../pixels/random.ts';

type Rgb = readonly [number, number, number];

/** A swatch for each painter, which gives the colour of every pixel. */
export function swatchesOf(side: number, painters: readonly ((x: number, y: number) => Rgb)[]): Swatches {
  const pixels: number[] = [];
  for (const paint of painters) {
    for (let i = 0; i < side * side; i++) pixels.push(...paint(i % side, Math.floor(i / side)), 255);
  }
  return { side, field: 3, pixels: Uint8Array.from(pixels) };
}

/** Features of codes that look like anything, as codebooks have them: colours in clusters, some with a pattern. */
export function noiseFeatures(codes: number, seed: number): Features {
  const next = stream(seed);
  const values = new Float32Array(codes * FEATURES);
  for (let at = 0; at < values.length; at += FEATURES) {
    const contrast = next() < 0.3 ? 25 * next() : 0;
    const angle = 2 * Math.PI * next();
    values.set([100 * next(), 80 * next() - 40, 80 * next() - 40, contrast], at);
    values.set([contrast * Math.cos(angle), contrast * Math.sin(angle)], at + 4);
  }
  return { codes, values };
}
