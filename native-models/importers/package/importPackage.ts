import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Precision } from '../../../core/model/importing.ts';
import {
  MANIFEST_FORMAT,
  MANIFEST_NAME,
  type Manifest,
  manifestSchema,
} from '../../../core/model/manifest.ts';
import { parseManifest } from '../../../core/model/parseManifest.ts';
import { sha256OfFile } from '../../runtime/digest.ts';
import { listPackages } from '../../runtime/findPackages.ts';
import { placePackage } from '../../runtime/installPackage.ts';
import { openPackageFolder, type PackageFolder } from '../../runtime/packageFolder.ts';
import { DENOISERS } from '../families/families.ts';
import { classNames } from '../families/imagenet.ts';
import { configBeside } from './configBeside.ts';
import { digestOf } from './digestOf.ts';
import { type DenoiserPiece, FAMILY_NAMES, type Located, type Recognised } from '../recognise/piece.ts';
import { type Parts, partsOf } from './parts.ts';
import { tryModels } from './tryModels.ts';
import { type Written, writeModels } from './writeModels.ts';

/** What a person says about a package that is made of checkpoints. */
export interface ImportChoices {
  readonly id: string;
  readonly name: string;
  readonly license: string;
  readonly precision: Precision;
  readonly heads: number | null; // of the denoiser's attention; null for what is usual in its family
  readonly classId: number | null; // the only kind of pictures, of a denoiser that knows some; null for all, by a prompt
  readonly guidance: number; // how much the class counts beyond what it makes likely; 0 for no more
}

export interface ImportOptions {
  /** Whether another build of the same id may be replaced. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
  /** Told what is done and how far all of it is, 0 .. 1. */
  readonly onProgress?: (what: string, done: number) => void;
}

/** Where the stages begin among all of it, 0 .. 1, by the time that they take, about. */
const STAGES = {
  read: [0, 0.05],
  write: [0.05, 0.5],
  check: [0.5, 0.55],
  try: [0.55, 0.65],
  palette: [0.65, 1],
} as const;

/**
 * Makes a package of the checkpoints that were recognised and installs it as `<destination>/<id>`. It is written aside, each
 * model is run, and only then it is moved into place; a failure leaves nothing.
 *
 * @throws TesseraError 'input' if the parts are none that can be run, 'usage' if another package has this id, 'output' if it
 *   cannot be written, 'aborted'
 */
export async function importPackage(
  recognised: Recognised,
  choices: ImportChoices,
  destination: string,
  { replace = false, signal, onProgress }: ImportOptions = {},
): Promise<PackageFolder> {
  const parts = partsOf(recognised);
  checkId(choices.id);
  checkClass(parts, choices);
  if (!replace) await refuseTwice(choices.id, destination);
  /** Begins a stage; what comes back is told the share of it that is done. */
  const stage = (what: string, [from, to]: readonly [number, number]): ((share: number) => void) => {
    const tell = (share: number): void => {
      throwIfAborted(signal);
      onProgress?.(what, from + (to - from) * share);
    };
    tell(0);
    return tell;
  };
  const make = async (folder: string): Promise<PackageFolder> => {
    stage('Reading the checkpoints', STAGES.read);
    const provenance = await provenanceOf(parts, choices, signal);
    const onWritten = stage('Writing the models', STAGES.write);
    const written = await writeModels(parts, choices, folder, onWritten, signal);
    stage('Checking the files', STAGES.check);
    const files = await listed(folder, written.files, signal);
    const levels = parts.denoiser && (await levelsOf(parts.denoiser));
    const draft = draftOf(parts, choices, { provenance, files, written, levels });
    stage('Trying the models', STAGES.try);
    const { palette, tileOverlap } = await tryModels(draft, folder, {
      onPalette: () => stage('Looking at the codes', STAGES.palette),
      ...(signal && { signal }),
    });
    const manifest = { ...draft, palette, tokenizer: { ...draft.tokenizer, tileOverlap } };
    const json = `${JSON.stringify(manifest)}\n`;
    parseManifest(json); // what we write must be what we read
    await writeFile(path.join(folder, MANIFEST_NAME), json);
    return openPackageFolder(folder);
  };
  return placePackage(destination, make, { replace });
}

/** Known before the work rather than after it. */
function checkId(id: string): void {
  const checked = manifestSchema.shape.id.safeParse(id);
  if (checked.success) return;
  throw new TesseraError(
    'usage',
    `"${id}" cannot be the id of a package: it must be ${checked.error.issues[0]!.message}.`,
  );
}

function checkClass({ denoiser }: Parts, { classId }: ImportChoices): void {
  const classes = denoiser?.classes ?? 0;
  if (classId === null || classId < classes) return;
  throw new TesseraError(
    'usage',
    classes === 0
      ? 'No class can be chosen when this model is added.'
      : `This model has the classes 0 to ${classes - 1}, and ${classId} is none of them.`,
  );
}

async function refuseTwice(id: string, destination: string): Promise<void> {
  const there = (await listPackages([destination])).some(({ opened }) => opened?.manifest.id === id);
  if (!there) return;
  throw new TesseraError(
    'usage',
    `There is a package called ${id} already.`,
    'Give this one another name or id, or remove that one first.',
  );
}

/** Where the weights come from and what became of them. */
async function provenanceOf(
  { tokenizer, denoiser, words }: Parts,
  { precision, heads, classId, guidance }: ImportChoices,
  signal?: AbortSignal,
): Promise<Manifest['provenance']> {
  const origin = async ({ file, bytes, family, averaged }: Located): Promise<object> => ({
    family: FAMILY_NAMES[family],
    file: path.basename(file),
    bytes,
    ...(averaged && { averaged }),
    sha256: await digestOf(file, signal),
  });
  return {
    tokenizer: await origin(tokenizer),
    ...(denoiser && { denoiser: await origin(denoiser) }),
    ...(words && { text: await origin(words.text) }),
    precision,
    ...(heads !== null && { heads }),
    ...(classId !== null && { class: classId, guidance }),
  };
}

async function listed(
  folder: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Manifest['files']> {
  const files: Manifest['files'] = {};
  for (const name of names) {
    const file = path.join(folder, name);
    files[name] = { bytes: (await stat(file)).size, sha256: await sha256OfFile(file, signal) };
  }
  return files;
}

type Levels = NonNullable<NonNullable<Manifest['denoiser']>['levels']>;

/** How noisy tokens were in training, where the scheduler's settings beside a denoiser say so. */
async function levelsOf({ file, family }: Located<DenoiserPiece>): Promise<Levels | null> {
  if (DENOISERS[family]!.kind !== 'mask-and-replace') return null;
  const config = await configBeside(file, path.join('..', 'scheduler', 'scheduler_config.json'));
  const ends = (name: string): readonly [number, number] | null => {
    const [start, end] = [config[`${name}_cum_start`], config[`${name}_cum_end`]];
    const isShare = (value: unknown): value is number =>
      typeof value === 'number' && value >= 0 && value <= 1;
    return isShare(start) && isShare(end) ? [start, end] : null;
  };
  const [alpha, gamma] = [ends('alpha'), ends('gamma')];
  return alpha && gamma ? { alpha: [...alpha], gamma: [...gamma] } : null;
}

const VERSION = '1.0.0';
const SMALLEST = 4; // tokens per side of a frame; smaller ones leave the norms nothing to measure

/** The manifest but for what only running the models tells. */
function draftOf(
  { tokenizer, denoiser }: Parts,
  { id, name, license }: ImportChoices,
  {
    provenance,
    files,
    written,
    levels,
  }: {
    readonly provenance: Manifest['provenance'];
    readonly files: Manifest['files'];
    readonly written: Written;
    readonly levels: Levels | null;
  },
): Manifest {
  const { dim, downsample } = tokenizer;
  const codes = denoiser?.codes ?? tokenizer.codes; // it may use some of them alone
  const family = denoiser && DENOISERS[denoiser.family]!;
  const facts = written.denoiser;
  return {
    format: MANIFEST_FORMAT,
    id,
    name,
    version: VERSION,
    license,
    provenance,
    tokenizer: {
      downsample,
      codebook: { size: codes, dim },
      encoder: 'encoder.onnx',
      decoder: 'decoder.onnx',
      pixelRange: [...written.plan.pixelRange],
      minSize: SMALLEST * downsample,
      tileOverlap: 0,
    },
    ...(denoiser &&
      facts &&
      family && {
        denoiser: {
          file: 'denoiser.onnx',
          kind: family.kind,
          steps: facts.steps,
          ...(levels && { levels }),
          maskId: facts.maskId,
          window: { min: denoiser.side, max: denoiser.side, positions: 'fixed' },
          timestep: family.timestep,
          conditioning:
            family.conditioning === 'class' && facts.classes === null ? 'none' : family.conditioning,
          ...(facts.classes !== null && {
            classes: { names: classNames(facts.classes), none: facts.classes },
          }),
        },
        ...(family.sampling && { sampling: { ...family.sampling } }),
      }),
    ...(written.text && { text: written.text }),
    palette: { order: [], colors: [] },
    files,
  };
}
