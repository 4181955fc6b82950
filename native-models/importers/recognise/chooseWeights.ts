import { TesseraError } from '../../../core/base/errors.ts';
import { broken, shown } from '../readers/byteFile.ts';
import type { Checkpoint, TensorInfo } from '../tensor.ts';
import { averagedPlace, averagesOf } from './averaged.ts';
import { DETECTORS } from './detectors.ts';
import { Useless } from './piece.ts';
import { type Found, partsIn, shapesIn } from './search.ts';

/** What wrappers of PyTorch put before or into names: parallel, compiled, sharded or recomputed modules. */
const WRAPPERS =
  /(^|\.)(?:(?:module|_orig_mod|_fsdp_wrapped_module|_fpw_module|_checkpoint_wrapped_module|_forward_module|_original_module)\.)+/g;

/** Where trainers keep the weights that are meant, if there are several, best first. */
const USUAL = [
  ...[
    'state_dict',
    'model_state_dict',
    'model_state',
    'model',
    'module',
    'params',
    'weights',
    'network',
    'net',
  ],
  ...['generator', 'first_stage_model', 'vqgan', 'vqvae', 'vae', 'tokenizer', 'autoencoder'],
];

/** The weights that are meant, the prefixes of the parts whose weights are averaged, and what to know of the choice, in sentences. */
export interface ChosenWeights {
  readonly weights: Checkpoint;
  readonly averaged: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/**
 * The weights of a file that are meant, by their names without those of wrappers. Where averaged weights belong to a part and are
 * complete, they take the places of its others, since they are what authors sample from.
 *
 * @param file its name
 * @throws TesseraError 'input' if two tensors have one name, or of several models none is the one that is meant
 */
export function chooseWeights(checkpoint: Checkpoint, file: string): ChosenWeights {
  const all = renamed(checkpoint, withoutWrappers(checkpoint.tensors.keys(), file));
  return new Choice(all, file).make();
}

/** What tensors are called once wrappers are taken off, and what the file calls them. */
function withoutWrappers(names: Iterable<string>, file: string): Map<string, string> {
  const plain = new Map<string, string>();
  for (const name of names) {
    const short = name.replace(WRAPPERS, '$1');
    if (plain.has(short)) throw broken(file, `it holds two tensors that are both ${shown(short)}`);
    plain.set(short, name);
  }
  return plain;
}

/** A checkpoint with some of its tensors under other names. */
function renamed(checkpoint: Checkpoint, names: ReadonlyMap<string, string>): Checkpoint {
  const nameOf = (plain: string): string => names.get(plain) ?? plain;
  const infoOf = (plain: string, name: string): TensorInfo => ({
    ...checkpoint.tensors.get(name)!,
    name: plain,
  });
  return {
    ...checkpoint,
    tensors: new Map([...names].map(([plain, name]) => [plain, infoOf(plain, name)])),
    identity: (plain) => checkpoint.identity(nameOf(plain)),
    read: (plain, signal) => checkpoint.read(nameOf(plain), signal),
    readIntegers: (plain, signal) => checkpoint.readIntegers(nameOf(plain), signal),
  };
}

class Choice {
  readonly #all: Checkpoint;
  readonly #file: string;
  readonly #places = new Map<string, string>(); // of averaged tensors, by their names
  readonly #sources = new Map<string, string>(); // by the names that stay
  readonly #notes: string[] = [];
  readonly #averaged = new Set<string>(); // prefixes of parts
  #saidOfAverages = false;

  constructor(all: Checkpoint, file: string) {
    this.#all = all;
    this.#file = file;
    for (const name of all.tensors.keys()) {
      const place = averagedPlace(name);
      if (place === null) this.#sources.set(name, name);
      else this.#places.set(name, place);
    }
  }

  make(): ChosenWeights {
    const parts = partsIn(shapesIn(this.#all), DETECTORS);
    const found = DETECTORS.flatMap(
      (detector) => this.#part(parts.filter((part) => part.detector === detector)) ?? [],
    );
    for (const part of found) this.#average(part, found);
    if (found.length > 0) this.#noteUnused();
    // A file of averaged weights alone that nobody knows is shown as it is.
    const weights = this.#sources.size === 0 ? this.#all : renamed(this.#all, this.#sources);
    return { weights, averaged: this.#averaged, notes: this.#notes };
  }

  /** The one place of a part that is meant; averaged weights count where there are no others. */
  #part(found: readonly Found[]): Found | null {
    const useful = found.filter(({ what }) => !(what instanceof Useless));
    const plain = useful.filter(({ prefix }) => averagedPlace(prefix) === null);
    const best = this.#best(plain.length > 0 ? plain : useful);
    if (!best) return null;
    for (const { prefix } of plain) if (!best.prefix.startsWith(prefix)) this.#drop(prefix);
    if (plain.length > 0) return best;
    for (const name of this.#places.keys()) if (name.startsWith(best.prefix)) this.#sources.set(name, name);
    this.#averaged.add(best.prefix);
    this.#noteAveraged(averagedPlace(best.prefix)!.slice(0, -1));
    return null;
  }

  /** @throws TesseraError 'input' where nothing says which of several is meant */
  #best(found: readonly Found[]): Found | null {
    const unlike = new Map(
      found.toReversed().map((one) => [this.#all.identity(one.prefix + one.detector.mark), one]),
    );
    const [best, next] = [...unlike.values()].sort((a, b) => compared(a.prefix, b.prefix));
    if (!best || !next) return best ?? null;
    const places = [...unlike.values()].map(({ prefix }) => placeText(prefix)).sort();
    const listed = places.slice(0, 4).join(', ');
    if (compared(best.prefix, next.prefix) === 0) {
      throw new TesseraError(
        'input',
        `${this.#file} holds ${places.length} models of a kind (${listed}), and nothing says which is meant.`,
        'Save the one that you want in a file of its own.',
      );
    }
    this.#note(`Of several models in ${this.#file} (${listed}), ${placeText(best.prefix)} is used.`);
    return best;
  }

  #drop(prefix: string): void {
    for (const name of [...this.#sources.keys()]) if (name.startsWith(prefix)) this.#sources.delete(name);
  }

  #average({ detector, prefix }: Found, found: readonly Found[]): void {
    const others = found.filter((other) => other.prefix !== prefix && !prefix.startsWith(other.prefix));
    const names = [...this.#sources.keys()].filter(
      (name) => !others.some((other) => name.startsWith(other.prefix)),
    );
    const averages = averagesOf(this.#all, this.#places, prefix, detector.mark, names);
    const whole = averages.filter(({ complete }) => complete).sort((a, b) => compared(a.place, b.place));
    const [best] = whole;
    if (best) {
      this.#averaged.add(prefix);
      for (const [name, source] of best.sources) this.#sources.set(name, source);
      const listed = whole.map(({ place }) => place).join(', ');
      if (whole.length === 1) this.#noteAveraged(best.place);
      else this.#note(`Of several averages in ${this.#file} (${listed}), ${best.place} is used.`);
    } else if (averages[0]) {
      const { place } = averages[0];
      this.#note(`The averaged weights (${place}) in ${this.#file} are incomplete, so the others are used.`);
    }
    if (averages.length > 0) this.#saidOfAverages = true;
  }

  #noteAveraged(place: string): void {
    this.#saidOfAverages = true;
    this.#note(`The averaged weights (${place}) in ${this.#file} are used.`);
  }

  #note(sentence: string): void {
    if (!this.#notes.includes(sentence)) this.#notes.push(sentence);
  }

  /** Averages that are there and were of no use are not passed over in silence. */
  #noteUnused(): void {
    if (this.#saidOfAverages) return;
    const lying = [...this.#places].filter(([name]) => this.#all.tensors.get(name)!.shape.length > 0);
    const places = [
      ...lying.map(([, place]) => place),
      ...[...this.#all.objects.keys()].map((name) => averagedPlace(`${name}.`)),
    ];
    const place = places.find((each) => each !== null);
    if (place == null) return;
    this.#note(
      `The averaged weights (${place.slice(0, -1)}) in ${this.#file} cannot be matched with its model, so the others are used.`,
    );
  }
}

/** By the first names that differ: those that trainers use for what is meant come first, and a shorter one before all. */
function compared(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  const at = a.findIndex((part, i) => part !== b[i]);
  const rank = (parts: readonly string[]): number => {
    const part = parts[at] ?? '';
    if (part === '') return -1;
    return USUAL.includes(part) ? USUAL.indexOf(part) : USUAL.length;
  };
  return at < 0 ? 0 : rank(a) - rank(b);
}

function placeText(prefix: string): string {
  return prefix === '' ? 'the top' : shown(prefix.slice(0, -1));
}
