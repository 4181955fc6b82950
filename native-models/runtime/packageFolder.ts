import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { MANIFEST_NAME, type Manifest } from '../../core/model/manifest.ts';
import { addWords, parseManifest } from '../../core/model/parseManifest.ts';
import { sha256, sha256OfFile } from './digest.ts';
import { errorCode } from './nodeErrors.ts';

/** A package on disk whose manifest is valid; its other files may not have been looked at yet. */
export interface PackageFolder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The identity of the whole package: SHA-256 of the manifest's bytes, which hold the hash of every other file. */
  readonly sha256: string;
  /** SHA-256 of what adds words to it, which lies beside the manifest; null where nothing does. */
  readonly addition: string | null;
}

/** A manifest is a few dozen KB; anything near this is not one. */
export const MAX_MANIFEST_BYTES = 16 << 20;

/** What words add to a package lies beside its manifest, whose bytes are the package's identity. */
export const ADDITION_NAME = 'manifest.words.json';

/** What to do about a package that is damaged. */
export const REPAIR = 'Repair it in the Model panel, or with "tessera packages repair".';

/**
 * Opens the package in `folder` by its manifest.
 *
 * @param source what to call the package in messages
 * @throws TesseraError 'package' if there is no manifest or it is not valid
 */
export async function openPackageFolder(
  folder: string,
  source = `the package in ${folder}`,
): Promise<PackageFolder> {
  const bytes = await readManifest(folder);
  const manifest = parseManifest(bytes.toString('utf8'), source);
  return { folder, ...(await withAddition(folder, manifest, sha256(bytes))) };
}

/** The manifest with the words that lie beside it, if they were made for it. */
async function withAddition(
  folder: string,
  manifest: Manifest,
  id: string,
): Promise<Omit<PackageFolder, 'folder'>> {
  const bytes = await readFile(join(folder, ADDITION_NAME)).catch(() => null);
  const led = bytes === null ? manifest : addWords(manifest, id, bytes.toString('utf8'));
  return { manifest: led, sha256: id, addition: bytes !== null && led !== manifest ? sha256(bytes) : null };
}

/** The SHA-256 of every file that belongs to a package, by its name: manifests come first, then the others by their names. */
export function digestsOf({ manifest, sha256: id, addition }: PackageFolder): ReadonlyMap<string, string> {
  const names = Object.keys(manifest.files).sort();
  return new Map([
    [MANIFEST_NAME, id],
    ...(addition === null ? [] : [[ADDITION_NAME, addition] as const]),
    ...names.map((name) => [name, manifest.files[name]!.sha256] as const),
  ]);
}

async function readManifest(folder: string): Promise<Buffer> {
  const path = join(folder, MANIFEST_NAME);
  try {
    const { size } = await stat(path);
    if (size <= MAX_MANIFEST_BYTES) return await readFile(path);
  } catch (cause) {
    const absent = errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR';
    const message = absent
      ? `There is no package in ${folder}: it has no ${MANIFEST_NAME}.`
      : `The manifest ${path} cannot be read.`;
    throw new TesseraError('package', message, 'Choose a folder that holds a package.', { cause });
  }
  throw new TesseraError('package', `The manifest ${path} is far too large.`, REPAIR);
}

/** Where the file `name` of the manifest lies. */
export function packageFile({ folder }: PackageFolder, name: string): string {
  return join(folder, name);
}

/**
 * Checks that every file of the manifest is there in its full size; reads no contents.
 *
 * @throws TesseraError 'package', naming the file and the package
 */
export async function checkSizes(opened: PackageFolder): Promise<void> {
  for (const [name, { bytes }] of Object.entries(opened.manifest.files)) {
    await checkSize(opened, name, bytes);
  }
}

/**
 * Checks the size and SHA-256 of every file of the manifest.
 *
 * @throws TesseraError 'package', naming the file and the package
 */
export async function checkHashes(opened: PackageFolder, signal?: Abort): Promise<void> {
  await checkSizes(opened);
  for (const [name, expected] of Object.entries(opened.manifest.files)) {
    throwIfAborted(signal);
    if ((await sha256OfFile(packageFile(opened, name), signal)) === expected.sha256) continue;
    throw new TesseraError(
      'package',
      `${name} of the package ${opened.manifest.id} is damaged or was changed: its SHA-256 is not the one in the manifest.`,
      REPAIR,
    );
  }
}

async function checkSize(opened: PackageFolder, name: string, bytes: number): Promise<void> {
  const { id } = opened.manifest;
  const found = await stat(packageFile(opened, name)).catch((cause: unknown) => {
    throw new TesseraError('package', `${name} of the package ${id} is missing.`, REPAIR, { cause });
  });
  if (!found.isFile())
    throw new TesseraError('package', `${name} of the package ${id} is not a file.`, REPAIR);
  if (found.size === bytes) return;
  throw new TesseraError(
    'package',
    `${name} of the package ${id} has ${found.size} bytes, and its manifest says ${bytes}.`,
    REPAIR,
  );
}
