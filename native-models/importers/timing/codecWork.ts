import type { CodecLayer } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';

/**
 * Multiplications of layers one after the other.
 *
 * @param places where they begin: px of an encoder's picture, tokens of a decoder's grid
 */
export function codecWork(layers: readonly CodecLayer[], shapes: Shapes, places: number): number {
  let now = places;
  let sum = 0;
  for (const layer of layers) {
    if (layer.kind === 'down') now /= 4;
    if (layer.kind === 'up') now *= 4;
    for (const name of productsOf(layer)) sum += now * valuesOf(shapes, name);
    if (layer.kind === 'attention') sum += 2 * now ** 2 * (shapes.get(`${layer.query}.weight`)?.[0] ?? 0);
  }
  return sum;
}

function productsOf(layer: CodecLayer): readonly string[] {
  switch (layer.kind) {
    case 'convolution':
      return [layer.name];
    case 'down':
    case 'up':
      return layer.name === null ? [] : [layer.name];
    case 'residual':
      return [layer.conv1, layer.conv2, ...(layer.shortcut === null ? [] : [layer.shortcut])];
    case 'attention':
      return [layer.query, layer.key, layer.value, layer.out];
    case 'norm':
      return [];
  }
}

function valuesOf(shapes: Shapes, name: string): number {
  return (shapes.get(`${name}.weight`) ?? [0]).reduce((a, b) => a * b, 1);
}
