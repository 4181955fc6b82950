import { z } from 'zod';
import { TesseraError } from '../../../core/base/errors.ts';
import { PRECISIONS, type Precision } from '../../../core/model/importing.ts';
import type { Manifest } from '../../../core/model/manifest.ts';
import { digestOf } from '../package/digestOf.ts';
import type { ImportChoices } from '../package/importPackage.ts';
import type { Parts } from '../package/parts.ts';
import type { Located } from '../recognise/piece.ts';

const origin = z.object({ file: z.string(), bytes: z.number(), sha256: z.string() });

/** What importPackage writes of where a package comes from. */
const provenance = z.object({
  tokenizer: origin,
  denoiser: origin.optional(),
  text: origin.optional(),
  precision: z.enum(PRECISIONS),
  heads: z.number().optional(),
  class: z.number().optional(),
  guidance: z.number().optional(),
});

/** How the numbers of an imported package are kept; null for one that was not imported. */
export function precisionOf({ provenance: told }: Pick<Manifest, 'provenance'>): Precision | null {
  return provenance.safeParse(told).data?.precision ?? null;
}

/** What a person said when a package was imported. @throws TesseraError 'usage' for one that was not */
export function choicesIn(
  manifest: Manifest,
): Pick<ImportChoices, 'precision' | 'heads' | 'classId' | 'guidance'> {
  const { precision, heads, class: classId, guidance } = provenanceIn(manifest);
  return { precision, heads: heads ?? null, classId: classId ?? null, guidance: guidance ?? 0 };
}

/** Compares files with those that a package was made of. @throws TesseraError 'usage' where they are others, 'aborted' */
export async function checkOrigin(parts: Parts, manifest: Manifest, signal?: AbortSignal): Promise<void> {
  const { tokenizer, denoiser, text } = provenanceIn(manifest);
  const pairs = [
    [parts.tokenizer, tokenizer],
    [parts.denoiser, denoiser],
    [parts.words?.text, text],
  ] as const;
  for (const [piece, told] of pairs) {
    if (!piece && !told) continue;
    if (piece && told && (await isSame(piece, told, signal))) continue;
    throw new TesseraError(
      'usage',
      `The package ${manifest.id} was not made of these files.`,
      `Give those that it was made of: ${pairs.flatMap(([, known]) => known?.file ?? []).join(', ')}.`,
    );
  }
}

async function isSame(
  { file, bytes }: Located,
  told: z.infer<typeof origin>,
  signal?: AbortSignal,
): Promise<boolean> {
  return bytes === told.bytes && (await digestOf(file, signal)) === told.sha256;
}

function provenanceIn({ id, provenance: told }: Manifest): z.infer<typeof provenance> {
  const { data } = provenance.safeParse(told);
  if (data) return data;
  throw new TesseraError('usage', `The package ${id} was not made of published files by Tessera.`);
}
