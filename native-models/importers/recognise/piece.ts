import type { Vocabulary } from '../text/vocabulary.ts';

/** The families of published models that Tessera knows. */
export type Family =
  | 'unleashing-transformers'
  | 'taming'
  | 'diffusers'
  | 'llamagen'
  | 'halton-maskgit'
  | 'maskgit-pytorch'
  | 'mage'
  | 'vq-diffusion'
  | 'vq-diffusion-classes'
  | 'amused'
  | 'clip';

/** What a person calls a family. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  'unleashing-transformers': 'Unleashing Transformers',
  taming: 'Taming Transformers or latent diffusion',
  diffusers: 'diffusers VQModel',
  llamagen: 'LlamaGen',
  'halton-maskgit': 'Halton-MaskGIT',
  'maskgit-pytorch': 'MaskGIT-pytorch',
  mage: 'MAGE',
  'vq-diffusion': 'VQ-Diffusion',
  'vq-diffusion-classes': 'VQ-Diffusion',
  amused: 'aMUSEd',
  clip: 'CLIP',
};

/** One part of a model, found in one file by the names and shapes of its tensors; no weight is read for that. */
export type Piece = TokenizerPiece | DenoiserPiece | TextPiece | EmptyPiece | TablePiece;

interface PieceFacts {
  readonly family: Family;
  readonly codes: number; // K
  readonly prefix: string; // before the names of its tensors in the file
  readonly values: number; // numbers in those tensors; a detector leaves them uncounted (0)
}

export interface TokenizerPiece extends PieceFacts {
  readonly part: 'tokenizer';
  readonly dim: number; // of a code
  readonly downsample: number; // px per token
}

export interface DenoiserPiece extends PieceFacts {
  readonly part: 'denoiser';
  readonly side: number; // tokens per side of its grid
  readonly classes: number; // kinds of pictures to choose from; 0 where it knows none
}

/** What turns a prompt into states. */
export interface TextPiece extends PieceFacts {
  readonly part: 'text';
  readonly length: number; // ids of a text
  readonly width: number; // numbers in a state
}

/** The states of no text, which were learned. */
export interface EmptyPiece extends PieceFacts {
  readonly part: 'empty';
  readonly length: number;
  readonly width: number;
}

/** Which code of a denoiser stands for each code of a larger tokenizer, of which it uses some. */
export interface TablePiece extends PieceFacts {
  readonly part: 'table'; // `codes` are those of the tokenizer
}

/** A part of a model and the file that it lies in. */
export type Located<T extends Piece = Piece> = T & {
  readonly file: string; // path
  readonly bytes: number; // of the file, and of those that it lists
  readonly averaged: boolean; // over training (EMA), as far as names inside the file tell
};

/** What a person's files are, and what can be made of them. */
export interface Recognised {
  readonly tokenizer: Located<TokenizerPiece> | null;
  readonly denoiser: Located<DenoiserPiece> | null;
  /** Of a denoiser that is led by texts: what reads them, its words, and the states of none where they were learned. */
  readonly text: Located<TextPiece> | null;
  readonly vocabulary: Vocabulary | null;
  readonly empty: Located<EmptyPiece> | null;
  /** Of a denoiser that uses some of the tokenizer's codes: which. */
  readonly table: Located<TablePiece> | null;
  /** What is still needed for fills or for any package at all, one sentence; null where nothing is. */
  readonly missing: string | null;
  /** What else a person should know, such as a file that was left aside; sentences. */
  readonly notes: readonly string[];
}

/** Names of tensors and their shapes. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/** The shapes under a prefix, by their names without it. */
export interface OwnShapes {
  get(name: string): readonly number[] | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** Why a file that can be read is of no use: the rest of a sentence that begins with its name. */
export class Useless {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}
