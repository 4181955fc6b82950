import path from 'node:path';
import type { Precision } from '../../../core/model/importing.ts';
import { PUBLISHED_MODELS, type PublishedModel } from '../../../core/model/published.ts';
import { FAMILY_NAMES, type Family, type Recognised } from '../recognise/piece.ts';

/** What to call a package where a person says nothing else. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly license: string; // '' where nobody knows
}

const LONGEST = 56; // characters of an id, before what follows for its precision

/** How the ids of a family's packages begin. */
const FAMILY_IDS: Readonly<Record<Family, string>> = {
  'unleashing-transformers': 'unleashing-transformers',
  taming: 'vqgan',
  diffusers: 'vqmodel',
  llamagen: 'llamagen',
  'halton-maskgit': 'halton-maskgit',
  'maskgit-pytorch': 'maskgit-pytorch',
  mage: 'mage',
  'vq-diffusion': 'vq-diffusion',
  'vq-diffusion-classes': 'vq-diffusion-imagenet',
  amused: 'amused',
  clip: 'clip',
};

/** What checkpoints are called by the names of their files and folders, as far as those tell one model from another. */
export function identityOf(
  { tokenizer, denoiser }: Pick<Recognised, 'tokenizer' | 'denoiser'>,
  precision: Precision = 'full',
): Identity {
  const parts = [tokenizer, denoiser].filter((piece) => piece !== null);
  const known = publishedAs(parts.map(({ file }) => file));
  const licenses = [...new Set(known.map(({ license }) => license))];
  const license = licenses.length === 1 ? licenses[0]! : '';
  const only = known.length === 1 && known[0]!.fills === (denoiser !== null) ? known[0]! : null;
  if (only && (tokenizer || !denoiser)) return named(idOf(only.name), only.name, license, precision);
  const { family, codes } = (denoiser ?? tokenizer)!;
  const facts = [...(tokenizer ? [`${tokenizer.downsample} px`] : []), `${codes} codes`].join(', ');
  const shape = tokenizer ? `f${tokenizer.downsample}-${codes}` : `${codes}`;
  return named(`${FAMILY_IDS[family]}-${shape}`, `${FAMILY_NAMES[family]}, ${facts}`, license, precision);
}

/** Packages of one model in several precisions stand side by side, so their names differ. */
function named(id: string, name: string, license: string, precision: Precision): Identity {
  if (precision === 'full') return { id, name, license };
  return { id: `${id}-${precision}`, name: `${name} (${PRECISION_NAMES[precision]})`, license };
}

const PRECISION_NAMES = { half: '16 bit', int8: '8 bit' } as const;

/** The models that have files of these names; of several those whose kind stands in the folders' names. */
function publishedAs(files: readonly string[]): readonly PublishedModel[] {
  const names = files.map((file) => path.basename(file));
  const found = PUBLISHED_MODELS.filter((model) =>
    names.every((name) => model.files.some((file) => file.name === name)),
  );
  const folders = files.map((file) => path.dirname(file).toLowerCase());
  const told = found.filter(({ hint }) => hint !== null && folders.some((folder) => folder.includes(hint)));
  return told.length > 0 ? told : found;
}

/** A short name of lowercase letters, digits and hyphens. */
export function idOf(name: string): string {
  const id = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return id.slice(0, LONGEST).replace(/-$/, '') || 'model';
}
