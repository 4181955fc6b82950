import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { MANIFEST_NAME } from '../../core/model/manifest.ts';
import { type Archive, openArchive, refused } from './archive.ts';
import {
  ADDITION_NAME,
  checkHashes,
  digestsOf,
  MAX_MANIFEST_BYTES,
  openPackageFolder,
  type PackageFolder,
} from './packageFolder.ts';
import { GONE } from './staging.ts';

/**
 * What a `.tspkg` archive says of itself; nothing stays unpacked.
 *
 * @throws TesseraError 'input', 'package' (see openArchive and openPackageFolder)
 */
export async function readArchive(path: string): Promise<PackageFolder> {
  const archive = await openArchive(path);
  try {
    return await readManifests(archive, path);
  } finally {
    archive.close();
  }
}

/** The same of an archive that stays open. */
export async function readManifests(archive: Archive, path: string): Promise<PackageFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-archive-'));
  try {
    return await unpackManifests(archive, path, folder);
  } finally {
    await rm(folder, GONE);
  }
}

/** Unpacks all of an archive into a folder, and checks every file. */
export async function unpackPackage(path: string, folder: string, signal?: Abort): Promise<PackageFolder> {
  const archive = await openArchive(path);
  try {
    const opened = await unpackManifests(archive, path, folder, signal);
    for (const name of Object.keys(opened.manifest.files)) {
      throwIfAborted(signal);
      await archive.extract(name, folder, signal);
    }
    await checkHashes(opened, signal);
    return opened;
  } finally {
    archive.close();
  }
}

async function unpackManifests(
  archive: Archive,
  path: string,
  folder: string,
  signal?: Abort,
): Promise<PackageFolder> {
  if (!archive.names.includes(MANIFEST_NAME)) throw refused(path, `has no ${MANIFEST_NAME}`);
  for (const name of [MANIFEST_NAME, ADDITION_NAME].filter((each) => archive.names.includes(each))) {
    if (archive.size(name) > MAX_MANIFEST_BYTES) throw refused(path, `has a manifest that is far too large`);
    await archive.extract(name, folder, signal);
  }
  const opened = await openPackageFolder(folder, path);
  checkNames(archive, path, opened);
  return opened;
}

/** The archive holds what its manifests list and nothing that no hash vouches for. */
function checkNames(archive: Archive, path: string, opened: PackageFolder): void {
  for (const [name, { bytes }] of Object.entries(opened.manifest.files)) {
    if (!archive.names.includes(name)) throw refused(path, `lacks "${name}", which its manifest lists`);
    const size = archive.size(name);
    if (size !== bytes)
      throw refused(path, `holds "${name}" with ${size} bytes where its manifest says ${bytes}`);
  }
  const known = digestsOf(opened);
  const stray = archive.names.find((name) => !known.has(name));
  if (stray !== undefined) throw refused(path, `contains "${stray}", which its manifest does not list`);
}
