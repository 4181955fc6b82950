import type { Checkpoint } from '../tensor.ts';
import type { Detector } from './detectors.ts';
import type { Piece, Shapes, Useless } from './piece.ts';

/** What a detector says of the tensors under a prefix. */
export interface Found {
  readonly detector: Detector;
  readonly prefix: string;
  readonly what: Piece | Useless;
}

const MOST_PREFIXES = 16; // that are looked at for one kind of part

export function shapesIn({ tensors }: Checkpoint): Shapes {
  return new Map([...tensors].map(([name, { shape }]) => [name, shape]));
}

/** The prefixes under which the mark of a detector stands, the shortest first. */
export function marksOf(names: Iterable<string>, { mark }: Detector): readonly string[] {
  const prefixes: string[] = [];
  for (const name of names) {
    if (name === mark || name.endsWith(`.${mark}`)) prefixes.push(name.slice(0, -mark.length));
  }
  return prefixes.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST_PREFIXES);
}

export function foundAt(shapes: Shapes, detector: Detector, prefix: string): Found | null {
  const own = new Map<string, readonly number[]>();
  for (const [name, shape] of shapes) if (name.startsWith(prefix)) own.set(name.slice(prefix.length), shape);
  const what = detector.detect(own, prefix);
  return what && { detector, prefix, what };
}
