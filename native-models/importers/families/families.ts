import type { Manifest, PackageSampling } from '../../../core/model/manifest.ts';
import type { CodecPlan } from '../codec/plan.ts';
import type { Config } from '../package/configBeside.ts';
import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { Family, Shapes } from '../recognise/piece.ts';
import type { TextStates } from '../text/clipText.ts';
import type { Arithmetic } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';
import { amusedDenoiser } from './amusedDenoiser.ts';
import { diffusersCodec } from './diffusers.ts';
import { haltonDenoiser } from './haltonDenoiser.ts';
import { llamagenCodec } from './llamagen.ts';
import { mageDenoiser } from './mageDenoiser.ts';
import { maskgitDenoiser } from './maskgitDenoiser.ts';
import { mageCodec, tamingCodec } from './taming.ts';
import { unleashingCodec } from './unleashing.ts';
import { unleashingDenoiser } from './unleashingDenoiser.ts';
import { vqDiffusionClasses } from './vqDiffusionClasses.ts';
import { vqDiffusionDenoiser } from './vqDiffusionDenoiser.ts';

/** How a tokenizer of each family is put together; `shapes` are those of its tensors, without its prefix. */
export const CODECS: Partial<Readonly<Record<Family, (shapes: Shapes) => CodecPlan>>> = {
  'unleashing-transformers': unleashingCodec,
  taming: tamingCodec,
  diffusers: diffusersCodec,
  llamagen: llamagenCodec,
  mage: mageCodec,
};

/** The denoisers of a family: what is not in their files, and how they are written. */
export interface DenoiserFamily {
  /** Heads of attention where nobody says otherwise. */
  usualHeads(weights: PartWeights, config: Config): number;
  /** Diffusion steps that it was trained with. */
  steps(weights: PartWeights): number;
  readonly kind: NonNullable<Manifest['denoiser']>['kind'];
  readonly timestep: boolean;
  readonly conditioning: NonNullable<Manifest['denoiser']>['conditioning'];
  /** How many kinds of pictures it is told, of one that is led by a class; the id after the last of them is for none. */
  classes?(weights: PartWeights, codes: number): number;
  readonly text: TextStates | null; // what it is told of a text
  readonly sampling: PackageSampling | null; // as its authors draw with it
  readonly maskId: (codes: number, weights: PartWeights) => number;
  /** Writes tokens[B, side, side], select[M] (t[B], class[B], context[B, rows, width]) -> logits[M, K]. */
  write(graph: GraphWriter, weights: PartWeights, choices: DenoiserChoices): Promise<void>;
}

/** What writing a denoiser needs to know besides its weights. */
export interface DenoiserChoices {
  readonly side: number; // tokens per side of its grid
  readonly codes: number; // K
  readonly downsample: number; // model px per token
  readonly context: { readonly rows: number; readonly width: number }; // of a text; 0 where it is told none
  readonly heads: number;
  readonly arithmetic: Arithmetic;
  readonly classId: number | null; // the kind of pictures, of a denoiser that knows some; null to be told it
  readonly guidance: number; // how much the class counts beyond what it makes likely; 0 for no more
}

/** The denoisers that can be run; the others are only recognised. */
export const DENOISERS: Partial<Readonly<Record<Family, DenoiserFamily>>> = {
  'unleashing-transformers': unleashingDenoiser,
  'halton-maskgit': haltonDenoiser,
  'maskgit-pytorch': maskgitDenoiser,
  mage: mageDenoiser,
  'vq-diffusion': vqDiffusionDenoiser,
  'vq-diffusion-classes': vqDiffusionClasses,
  amused: amusedDenoiser,
};
