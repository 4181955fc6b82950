import type { Checkpoint, TensorInfo } from '../tensor.ts';
import { isForTraining } from './detectors.ts';

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
 * @param prefix of the part, whose names are not averaged @param mark the name of a tensor under it
 * @param names those that are not averaged and belong to no other part
 * @returns those of each place in which such a tensor lies
 */
export function averagesOf(
  all: Checkpoint,
  prefix: string,
  mark: string,
  names: readonly string[],
): readonly Averages[] {
  const found: Averages[] = [];
  for (const name of all.tensors.keys()) {
    if (averagedPlace(name) === null) continue;
    const pairs = named(name, prefix, mark) ?? dotless(name, prefix, mark);
    if (!pairs || !alike(all.tensors.get(name), all.tensors.get(prefix + mark))) continue;
    const sources = new Map<string, string>();
    for (const plain of names) {
      const source = pairs.sourceOf(plain);
      if (source !== null && alike(all.tensors.get(source), all.tensors.get(plain)))
        sources.set(plain, source);
    }
    addTied(all, names, sources);
    const complete = names.every((plain) => sources.has(plain) || !isNeeded(plain, prefix));
    found.push({ place: pairs.place.slice(0, -1), sources, complete });
  }
  return found;
}

interface Pairing {
  readonly place: string;
  sourceOf(plain: string): string | null;
}

/** `ema.transformer.MARK` beside `model.transformer.MARK`: what both names end with is the same for all others. */
function named(name: string, prefix: string, mark: string): Pairing | null {
  if (name !== mark && !name.endsWith(`.${mark}`)) return null;
  const [averaged, plain] = [name.slice(0, -mark.length).split('.'), prefix.split('.')];
  const place = averagedPlace(name)!.split('.').length - 1; // names that must stay
  while (averaged.length - 1 > place && plain.length > 1 && averaged.at(-2) === plain.at(-2)) {
    averaged.splice(-2, 1);
    plain.splice(-2, 1);
  }
  const [from, to] = [averaged.join('.'), plain.join('.')];
  return {
    place: from,
    sourceOf: (other) => (other.startsWith(to) ? from + other.slice(to.length) : null),
  };
}

/** `model_ema.encoderconv_inweight` beside `encoder.conv_in.weight`. */
function dotless(name: string, prefix: string, mark: string): Pairing | null {
  const place = averagedPlace(name)!;
  const last = name.slice(place.length);
  if (last.includes('.') || !last.endsWith(mark.replaceAll('.', ''))) return null;
  const parts = (prefix + mark).split('.');
  for (let i = 0; i < parts.length; i++) {
    if (parts.slice(i).join('') !== last) continue;
    const root = parts
      .slice(0, i)
      .map((part) => `${part}.`)
      .join('');
    return {
      place,
      sourceOf: (other) =>
        other.startsWith(root) ? place + other.slice(root.length).replaceAll('.', '') : null,
    };
  }
  return null;
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
