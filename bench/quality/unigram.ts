import { z } from 'zod';
import type { Manifest } from '../../core/model/manifest.ts';

const Measured = z.object({ figures: z.object({ unigramBits: z.number().positive() }) });

/** The unigram entropy of the tokens that the package was trained on, where its manifest says it; else of `atHand`. */
export function unigramBitsOf(manifest: Manifest, atHand: number): { bits: number; source: string } {
  const found = Measured.safeParse(manifest.provenance);
  return found.success
    ? { bits: found.data.figures.unigramBits, source: "the training set's tokens" }
    : { bits: atHand, source: 'the tokens of the pictures measured here' };
}
