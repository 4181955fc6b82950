import path from 'node:path';
import { stat } from 'node:fs/promises';
import { TesseraError } from '../../../core/base/errors.ts';
import type { FilesRecognised, PartRecognised } from '../../../core/contract/packageApi.ts';
import { identityOf } from '../../../native-models/importers/package/identity.ts';
import { FAMILY_NAMES, type Located } from '../../../native-models/importers/recognise/piece.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import { readArchive } from '../../../native-models/runtime/installPackage.ts';

const ARCHIVE = /\.tspkg$/i;

/** What files are, as the window shows it: without their folders. Throws one sentence for what is of no use. */
export async function recogniseFiles(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<FilesRecognised> {
  const archive = paths.find((each) => ARCHIVE.test(each));
  if (archive === undefined) return checkpoints(paths, signal);
  if (paths.length === 1) return packageIn(archive);
  throw new TesseraError(
    'input',
    `${path.basename(archive)} is a whole package, and other files were chosen with it.`,
    'Add one package at a time.',
  );
}

async function packageIn(archive: string): Promise<FilesRecognised> {
  const { tokenizer, denoiser, name, version, license } = (await readArchive(archive)).manifest;
  const { size: bytes } = await stat(archive);
  const file = path.basename(archive);
  const codes = tokenizer.codebook.size;
  const base = { file, family: '', bytes, codes };
  return {
    kind: 'package',
    name: `${name} ${version}`,
    license,
    parts: [
      { ...base, part: 'tokenizer', pixels: tokenizer.downsample, side: null },
      ...(denoiser ? [{ ...base, part: 'denoiser', pixels: null, side: denoiser.window.max } as const] : []),
    ],
    missing: denoiser
      ? null
      : 'This is a tokenizer alone: its tokens can be painted, and fills need a denoiser.',
    notes: [],
  };
}

async function checkpoints(paths: readonly string[], signal: AbortSignal): Promise<FilesRecognised> {
  const recognised = await recognise(paths, signal);
  const { tokenizer, denoiser, missing, notes } = recognised;
  const parts = [tokenizer, denoiser].filter((piece) => piece !== null);
  const { name, license } = identityOf(recognised);
  return {
    kind: 'checkpoints',
    name,
    license,
    parts: parts.map(partOf),
    missing,
    notes,
  };
}

function partOf(piece: Located): PartRecognised {
  return {
    part: piece.part,
    file: path.basename(piece.file),
    family: FAMILY_NAMES[piece.family],
    bytes: piece.bytes,
    codes: piece.codes,
    pixels: piece.part === 'tokenizer' ? piece.downsample : null,
    side: piece.part === 'denoiser' ? piece.side : null,
  };
}
