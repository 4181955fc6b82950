import type { Abort } from '../base/abort.ts';
import type { Condition } from './denoiser.ts';

/** Makes conditions of words, for a denoiser that is led by them. */
export interface Conditioner {
  /** Whether any words will do, only the names of the kinds of pictures that the model knows, or only words that it knows. */
  readonly kind: 'text' | 'class' | 'words';
  /** How words are read, before anything is asked of the model. */
  read(words: string): Promise<Reading>;
  /**
   * What leads the denoiser to the words; '' is what it was told in training where it was told nothing. The same words are
   * asked of the model once.
   *
   * @throws TesseraError 'usage' for a name that the model does not know, or words of which it knows none; 'aborted'
   */
  condition(words: string, signal?: Abort): Promise<Condition>;
}

/** What a model takes in of some words. */
export interface Reading {
  readonly tokens: number; // that it is given, without those at the beginning and the end
  readonly most: number; // that it can be given
  readonly cut: string; // the words at the end that are left out; '' for none
  readonly unknown?: readonly Unknown[]; // of a model that knows some words only: those that it does not, which are left out, too
}

/** A word that a model does not know. */
export interface Unknown {
  readonly word: string;
  readonly near: readonly string[]; // words that it knows, the nearest first
}
