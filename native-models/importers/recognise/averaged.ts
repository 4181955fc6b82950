import type { Checkpoint, TensorInfo } from '../tensor.ts';
import { isForTraining } from './search.ts';

/** Names that trainers give to weights averaged over training (EMA), and to those beside them that are not. */
const AVERAGED = /(^|_)(ema|averaged?|avg|swa|teacher|shadow|polyak)(_|$)|EMA|^ema[A-Z]/i;
const NOT_AVERAGED = /(^|_)(online|student|raw)(_|$)/i;

/** Where the averaged weights lie that a tensor is one of, with the dot; null for any other. The innermost name counts. */
export function averagedPlace(name: string): string | null {
  const parts = name.split('.').slice(0, -1);
  for (let i = parts.length - 1; i >= 0; i--) {
    if (NOT_AVERAGED.test(parts[i]!)) return null;
    if (AVERAGED.test(parts[i]!)) return `${parts.slice(0, i + 1).join('.')}.`;
  }
  return null;
}

/** The averaged tensors that can take the places of a part's, or that they cannot take all of them. */
export interface Averages {
  readonly place: string; // without its last dot
  readonly sources: ReadonlyMap<string, string>; // by the names that they take the place of
  readonly complete: boolean;
}

/**
 * The averaged weights that belong to the part under a prefix. They lie under names of their own in the same order; or, as LitEma of
 * latent diffusion keeps them, under names without dots. Buffers, frozen codebooks and weights that are tied to others may be missing.
 *
 * @param places of all averaged tensors, by their names
 * @param prefix of the part, whose names are not averaged @param mark the name of a tensor under it
 * @param names those that are not averaged and belong to no other part
 * @returns those of each place in which such a tensor lies
 */
export function averagesOf(
  all: Checkpoint,
  places: ReadonlyMap<string, string>,
  prefix: string,
  mark: string,
  names: readonly string[],
): readonly Averages[] {
  const found: Averages[] = [];
  const marked = all.tensors.get(prefix + mark);
  const roots = rootsWithoutDots(prefix, mark);
  for (const [name, place] of places) {
    if (!alike(all.tensors.get(name), marked)) continue;
    const pairs = named(name, place, prefix, mark) ?? dotless(name, place, roots);
    if (!pairs) continue;
    const sources = new Map<string, string>();
    for (const plain of names) {
      const source = pairs.sourceOf(plain);
      if (source !== null && alike(all.tensors.get(source), all.tensors.get(plain)))
        sources.set(plain, source);
    }
    addTied(all, names, sources);
    const complete = names.every((plain) => sources.has(plain) || !isNeeded(plain, prefix));
    found.push({ place: pairs.place.slice(0, -1), sources, complete });
    if (found.length === MOST_PLACES) break;
  }
  return found;
}

const MOST_PLACES = 8; // of averages with several decays

interface Pairing {
  readonly place: string;
  sourceOf(plain: string): string | null;
}

/** `ema.transformer.MARK` beside `model.transformer.MARK`: what both names end with is the same for all others. */
function named(name: string, place: string, prefix: string, mark: string): Pairing | null {
  if (!name.endsWith(`.${mark}`)) return null;
  const [averaged, plain] = [name.slice(0, -mark.length).split('.'), prefix.split('.')];
  const kept = place.split('.').length; // parts of the place, and what follows its last dot
  while (averaged.length > kept && plain.length > 1 && averaged.at(-2) === plain.at(-2)) {
    averaged.splice(-2, 1);
    plain.splice(-2, 1);
  }
  const [from, to] = [averaged.join('.'), plain.join('.')];
  return {
    place: from,
    sourceOf: (other) => (other.startsWith(to) ? from + other.slice(to.length) : null),
  };
}

/** What the mark may be called without dots, seen from each of the modules that it lies in, with those modules' prefixes. */
function rootsWithoutDots(prefix: string, mark: string): ReadonlyMap<string, string> {
  const roots = new Map([[(prefix + mark).replaceAll('.', ''), '']]);
  for (let at = prefix.indexOf('.'); at >= 0; at = prefix.indexOf('.', at + 1))
    roots.set((prefix.slice(at + 1) + mark).replaceAll('.', ''), prefix.slice(0, at + 1));
  return roots;
}

/** `model_ema.encoderconv_inweight` beside `encoder.conv_in.weight`. */
function dotless(name: string, place: string, roots: ReadonlyMap<string, string>): Pairing | null {
  const root = roots.get(name.slice(place.length));
  if (root === undefined) return null;
  return {
    place,
    sourceOf: (other) =>
      other.startsWith(root) ? place + other.slice(root.length).replaceAll('.', '') : null,
  };
}

/** Of weights that are the same numbers, an average is kept once. */
function addTied(all: Checkpoint, names: readonly string[], sources: Map<string, string>): void {
  const averaged = new Map([...sources].map(([plain, source]) => [all.identity(plain), source]));
  for (const plain of names) {
    const source = sources.has(plain) ? undefined : averaged.get(all.identity(plain));
    if (source !== undefined) sources.set(plain, source);
  }
}

function isNeeded(name: string, prefix: string): boolean {
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /\.(weight|bias)$/.test(own) && !own.startsWith('quantize.') && !isForTraining(own);
}

function alike(one: TensorInfo | undefined, other: TensorInfo | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.unread === undefined &&
    one.shape.length === other.shape.length &&
    one.shape.every((size, i) => size === other.shape[i])
  );
}
