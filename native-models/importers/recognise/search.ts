import type { Checkpoint } from '../tensor.ts';
import type { Detector } from './detectors.ts';
import type { OwnShapes, Piece, Shapes, Useless } from './piece.ts';

/** What a detector says of the tensors under a prefix. */
export interface Found {
  readonly detector: Detector;
  readonly prefix: string;
  readonly what: Piece | Useless;
}

const MOST_PREFIXES = 8; // that are looked at for one kind of part

export function shapesIn({ tensors }: Checkpoint): Shapes {
  return new Map([...tensors].map(([name, { shape }]) => [name, shape]));
}

/** All that detectors find under the shortest of the prefixes under which their marks stand. */
export function partsIn(shapes: Shapes, detectors: readonly Detector[]): readonly Found[] {
  const byEnd = new Map<string, string[]>(); // names by what follows their last dot, as few end as a mark does
  for (const name of shapes.keys()) {
    const end = endOf(name);
    const names = byEnd.get(end);
    if (names) names.push(name);
    else byEnd.set(end, [name]);
  }
  return detectors.flatMap((detector) => {
    const { mark } = detector;
    const names = byEnd.get(endOf(mark)) ?? [];
    return names
      .filter((name) => name === mark || name.endsWith(`.${mark}`))
      .map((name) => name.slice(0, -mark.length))
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .slice(0, MOST_PREFIXES)
      .flatMap((prefix) => {
        const what = detector.detect(ownShapes(shapes, prefix), prefix);
        return what ? [{ detector, prefix, what }] : [];
      });
  });
}

function endOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Nothing is copied, since a file may have many prefixes that turn out to be of nothing. */
function ownShapes(shapes: Shapes, prefix: string): OwnShapes {
  return {
    get: (name) => shapes.get(prefix + name),
    has: (name) => shapes.has(prefix + name),
    *keys() {
      for (const name of shapes.keys()) if (name.startsWith(prefix)) yield name.slice(prefix.length);
    },
  };
}

/**
 * Parts with the numbers that their tensors hold, but for what only training needs and what belongs to another part that lies in one.
 */
export function withValues(pieces: readonly Piece[], shapes: Shapes): readonly Piece[] {
  return pieces.map((piece) => {
    const inside = pieces.filter(({ prefix }) => prefix !== piece.prefix && prefix.startsWith(piece.prefix));
    let values = 0;
    for (const [name, shape] of shapes) {
      const own = name.startsWith(piece.prefix) && !inside.some(({ prefix }) => name.startsWith(prefix));
      if (own && !isForTraining(name.slice(piece.prefix.length)))
        values += shape.reduce((product, size) => product * size, 1);
    }
    return { ...piece, values };
  });
}

/** Whether a tensor of a part is of no use once it is trained. */
export function isForTraining(name: string): boolean {
  return /(^|\.)(loss|disc|discriminator|perceptual|vgg|lpips|model_ema)\./.test(name);
}
