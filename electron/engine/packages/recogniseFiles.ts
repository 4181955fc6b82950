import path from 'node:path';
import { stat } from 'node:fs/promises';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { FilesRecognised, PackageToMake, PartRecognised } from '../../../core/contract/packageApi.ts';
import type { Precision } from '../../../core/model/importing.ts';
import { isMeasuredUnasked } from '../../../native-models/importers/cost/measureCost.ts';
import { identityOf } from '../../../native-models/importers/package/identity.ts';
import { partsOf } from '../../../native-models/importers/package/parts.ts';
import {
  FAMILY_NAMES,
  type DenoiserPiece,
  type Located,
  type Recognised,
  type TextPiece,
  type TokenizerPiece,
} from '../../../native-models/importers/recognise/piece.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import { expectedFill } from '../../../native-models/importers/timing/expectedFill.ts';
import { readArchive } from '../../../native-models/runtime/packageArchive.ts';

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
    making: null,
  };
}

async function checkpoints(paths: readonly string[], signal: AbortSignal): Promise<FilesRecognised> {
  const recognised = await recognise(paths, signal);
  const { tokenizer, denoiser, text, missing, notes } = recognised;
  const parts = [tokenizer, denoiser, text].filter((piece) => piece !== null);
  const { name, license } = identityOf(recognised);
  return {
    kind: 'checkpoints',
    name,
    license,
    parts: parts.map(partOf),
    missing: missing ?? whyNot(recognised),
    notes,
    making: tokenizer && whyNot(recognised) === null ? await packageToMake(recognised) : null,
  };
}

/** Why no package can be made of parts that are whole; null where one can. */
function whyNot(recognised: Recognised): string | null {
  try {
    partsOf(recognised);
    return null;
  } catch (error) {
    return toErrorShape(error).message;
  }
}

const BYTES = { full: 4, half: 2, int8: 1 } as const; // of a number

async function packageToMake(recognised: Recognised): Promise<PackageToMake> {
  const { tokenizer, denoiser, text } = recognised;
  const bytes = (precision: Precision): number =>
    ((tokenizer?.values ?? 0) + (text?.values ?? 0)) * Math.max(2, BYTES[precision]) +
    (denoiser?.values ?? 0) * BYTES[precision];
  return {
    bytes: { full: bytes('full'), half: bytes('half'), int8: bytes('int8') },
    fill: await expectedFill(recognised),
    classes: denoiser?.classes ?? 0,
    quick: isMeasuredUnasked(recognised),
  };
}

function partOf(piece: Located<TokenizerPiece | DenoiserPiece | TextPiece>): PartRecognised {
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
