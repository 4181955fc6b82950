/**
 * How a convolutional tokenizer is put together, as its family's names and shapes say. Names are those of tensors without
 * `.weight` and `.bias`.
 */
export interface CodecPlan {
  readonly encoder: readonly CodecLayer[];
  readonly decoder: readonly CodecLayer[];
  readonly lookup: Lookup;
  readonly quantConv: string | null; // a 1x1 convolution before the search
  readonly postQuantConv: string | null; // and one before the decoder
  /** What the encoder takes and the decoder gives for black and white. */
  readonly pixelRange: readonly [number, number];
  readonly groups: number; // of every normalisation
  /** Where a denoiser uses some of the codes alone; left out, all are its own. */
  readonly chosen?: ChosenCodes;
}

/** Which code of the denoiser each code of the codebook stands for, and the other way. */
export interface ChosenCodes {
  readonly own: Int32Array; // [codes of the codebook]
  readonly full: Int32Array; // [codes of the denoiser]
}

/** How codes are found: the nearest one, the nearest direction, or the likeliest of a projection. */
export type Lookup =
  | { readonly kind: 'nearest' | 'direction'; readonly codebook: string }
  | { readonly kind: 'projection'; readonly codebook: string; readonly projection: string };

export type CodecLayer =
  /** An odd kernel, padded so that the size stays. */
  | { readonly kind: 'convolution'; readonly name: string }
  /** Halves both sides; by the mean of 2 x 2 where it has no name. */
  | { readonly kind: 'down'; readonly name: string | null }
  /** Doubles both sides. */
  | { readonly kind: 'up'; readonly name: string | null }
  | {
      readonly kind: 'residual';
      readonly norm1: string;
      readonly conv1: string;
      readonly norm2: string;
      readonly conv2: string;
      readonly shortcut: string | null; // where the number of channels changes
      readonly shortcutOf: 'input' | 'change'; // what it is a product of
    }
  /** Attention of one head over the whole frame; each product is a 1x1 convolution or a linear layer. */
  | {
      readonly kind: 'attention';
      readonly norm: string;
      readonly query: string;
      readonly key: string;
      readonly value: string;
      readonly out: string;
    }
  | { readonly kind: 'norm'; readonly name: string; readonly swish: boolean };
