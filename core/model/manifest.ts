import { z } from 'zod';
import { ORDERS, SCHEDULES } from '../base/sampling.ts';
import { between, whole } from '../base/schema.ts';

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

const share = between(0, 1);
const ends = z.tuple([share, share], 'two shares, of the first and the last step');

const denoiser = z.object(
  {
    file: fileName,
    kind: z.enum(
      ['absorbing', 'mask-and-replace', 'uniform'],
      '"absorbing", "mask-and-replace" or "uniform"',
    ),
    steps: whole(1), // diffusion steps it was trained with
    levels: z // how noisy tokens are after the first and the last of them; left out, as is usual for its kind
      .object({ alpha: ends, gamma: ends }, 'an object with alpha and gamma, each two shares')
      .optional(),
    maskId: whole(0).optional(), // the id that stands for a missing token, outside the codebook; a uniform one has none
    window: z.object(
      { min: whole(1), max: whole(1), positions: z.enum(['any', 'fixed'], '"any" or "fixed"') }, // tokens per side
      'an object with min, max and positions',
    ),
    timestep: z.boolean('true or false'), // whether it takes the step as an input
    conditioning: z.enum(['none', 'class', 'clip-text', 'words'], '"none", "class", "clip-text" or "words"'),
    classes: z // of one that is led by a class
      .object(
        { names: z.array(name, 'a list of names'), none: whole(0) }, // none: the id for no class
        'an object with names and none',
      )
      .optional(),
  },
  'an object that describes the denoiser',
);

const text = z.object(
  {
    file: fileName, // ids[B, length] -> context[B, rows, width]
    tokenizer: fileName, // as Hugging Face's tokenizers write it (tokenizer.json)
    length: whole(3), // ids of a text, with those at its beginning and end
    pad: whole(0), // the id that fills a shorter text up
    rows: whole(1),
    width: whole(1),
    empty: fileName.optional(), // rows * width numbers, float32: the context of no text, where it was learned
  },
  'an object that describes the text tower',
);

const vocabulary = z
  .array(
    z.tuple([name], name, 'a list of texts, a word and what means the same'), // all in lower case
    'a list of words, each with what means the same',
  )
  .min(1, 'a list of at least one word');

const words = z.object(
  {
    denoiser: fileName, // as the denoiser, with words[B, most]: ids of words from 1, 0 where there is none
    most: whole(1, 64), // words of a prompt
    vocabulary,
  },
  'an object that says which words lead the denoiser',
);

/** How fills with the package are best drawn; each replaces what Balanced has. */
const sampling = z.object(
  {
    order: z.enum(ORDERS, `one of ${ORDERS.join(', ')}`).optional(),
    schedule: z.enum(SCHEDULES, `one of ${SCHEDULES.join(', ')}`).optional(),
    steps: whole(1, 10_000).optional(),
    temperature: between(0, 100).optional(),
    gumbel: between(0, 1e9).optional(),
    truncation: between(0, 1).optional(),
    sharpening: between(0, 100).optional(),
    guidance: between(0, 100).optional(), // how far a prompt leads: 1 as the model has it
  },
  'an object that says how fills are drawn',
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
    text: text.optional(), // what turns a prompt into the context of the denoiser
    words: words.optional(), // what the denoiser is where words lead it; where none do it is `denoiser`
    sampling: sampling.optional(),
    palette,
    files: z.record(fileName, fileEntry, 'an object that lists every file with bytes and sha256'),
  },
  'a JSON object',
);

/** What words add to a package whose manifest stays as it is, so that its tokens stay those of the same package. */
export const additionSchema = z.object(
  {
    format: z.literal(MANIFEST_FORMAT, `the number ${MANIFEST_FORMAT}`),
    extends: z.string('the SHA-256 of a manifest'),
    words,
    guidance: between(0, 100),
    files: z.record(fileName, fileEntry, 'an object that lists every file with bytes and sha256'),
  },
  'a JSON object',
);

/** What a package says about itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** How a package says that fills with it are best drawn. */
export type PackageSampling = z.infer<typeof sampling>;

/** How far a prompt leads where neither a package nor a person says (diffusers' default for VQ-Diffusion). */
const USUAL_GUIDANCE = 5;

/** What can be asked of a package that a prompt leads: any words, the names or the words that it knows. Null where nothing leads it. */
export function promptTaken({
  denoiser,
  sampling: usual,
  words: known,
}: Pick<Manifest, 'denoiser' | 'sampling' | 'words'>): {
  readonly names: readonly string[] | null;
  readonly words: readonly string[] | null;
  readonly guidance: number;
} | null {
  if (!denoiser || denoiser.conditioning === 'none') return null;
  return {
    names: denoiser.classes?.names ?? null,
    words: known?.vocabulary.map(([word]) => word) ?? null,
    guidance: usual?.guidance ?? USUAL_GUIDANCE,
  };
}

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
