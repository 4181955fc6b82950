import { z } from 'zod';
import { whole } from '../base/schema.ts';

/** The newest manifest format that this version of Tessera reads and the one it writes. */
export const MANIFEST_FORMAT = 1;

/** Every package has this file beside its models. */
export const MANIFEST_NAME = 'manifest.json';

// Each `error` completes the sentence "<path in the manifest> must be …".
const name = z.string('a text of at least one character').min(1, 'a text of at least one character');
const fileName = z
  .string('a plain file name')
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/, 'a plain file name, without folders')
  .refine((name) => !name.includes('..'), 'a plain file name, without ".."')
  .refine((name) => name.toLowerCase() !== MANIFEST_NAME, 'a file other than the manifest itself');

const tokenizer = z.object(
  {
    downsample: whole(1), // model px per token and side
    codebook: z.object({ size: whole(2), dim: whole(1) }, 'an object with size and dim'),
    encoder: fileName,
    decoder: fileName,
    pixelRange: z
      .tuple([z.number(), z.number()], 'two numbers, the lower one first')
      .refine(([low, high]) => low < high, 'two numbers, the lower one first'),
    minSize: whole(1), // model px, the smallest side of a frame
    tileOverlap: whole(0), // tokens: how far a token reaches in the decoded picture
  },
  'an object that describes the encoder and decoder',
);

const denoiser = z.object(
  {
    file: fileName,
    kind: z.enum(['absorbing', 'mask-and-replace'], '"absorbing" or "mask-and-replace"'),
    steps: whole(1), // diffusion steps it was trained with
    maskId: whole(0), // the id that stands for a missing token, outside the codebook
    window: z.object(
      { min: whole(1), max: whole(1), positions: z.enum(['any', 'fixed'], '"any" or "fixed"') }, // tokens per side
      'an object with min, max and positions',
    ),
    timestep: z.boolean('true or false'), // whether it takes the step as an input
    conditioning: z.enum(['none', 'clip-text'], '"none" or "clip-text"'),
  },
  'an object that describes the denoiser',
);

const palette = z.object(
  {
    order: z.array(whole(0), 'a list of code ids'), // codes in the order in which a palette shows them
    colors: z.array(
      z.string('a colour such as "#a0b1c2"').regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#a0b1c2"'),
      'a list of colours',
    ),
  },
  'an object with order and colors',
);

const fileEntry = z.object(
  {
    bytes: whole(0),
    sha256: z
      .string('a SHA-256 in 64 lowercase hexadecimal digits')
      .regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 lowercase hexadecimal digits'),
  },
  'an object with bytes and sha256',
);

/** Manifest format 1. Unknown fields are left out, so that additions do not need a new format. */
export const manifestSchema = z.object(
  {
    format: z.literal(MANIFEST_FORMAT, `the number ${MANIFEST_FORMAT}`),
    id: z
      .string('a short name')
      .max(64, 'at most 64 characters long')
      .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, 'a short name of lowercase letters, digits, dots and hyphens'),
    name,
    version: name,
    license: name,
    provenance: z.record(z.string(), z.unknown(), 'an object that says where the weights come from'),
    tokenizer,
    denoiser: denoiser.optional(), // without one, tokens are painted and never predicted
    palette,
    files: z.record(fileName, fileEntry, 'an object that lists every file with bytes and sha256'),
  },
  'a JSON object',
);

/** What a package says about itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Tokens per side of a frame where no denoiser says what it takes. */
const SEEN_WITHOUT = 32;

/** Tokens per side that the frames of a package are made for: what its denoiser sees at once, if it has one. */
export function windowOf({ tokenizer, denoiser }: Pick<Manifest, 'tokenizer' | 'denoiser'>): {
  readonly min: number;
  readonly max: number;
} {
  if (denoiser) return { min: denoiser.window.min, max: denoiser.window.max };
  const min = tokenizer.minSize / tokenizer.downsample;
  return { min, max: Math.max(min, SEEN_WITHOUT) };
}
