import { basename } from 'node:path';
import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { bytesToTokens } from '../../../core/document/project/tokenParts.ts';
import { quoted } from '../files/readBytes.ts';
import { entriesOf, mostBytes } from './entries.ts';
import { readManifest } from './readProject.ts';
import { openZip } from './zipSource.ts';

/** A package whose tokens a project holds. */
export interface NeededPackage {
  readonly id: string;
  readonly sha256: string;
}

/**
 * The packages that the tokens of a project belong to, those of its history included: without them its pixels are as they
 * were, and its tokens cannot be decoded or painted.
 *
 * @throws TesseraError 'input' where it is no project or a broken one, 'limit' where it is too large, 'aborted'
 */
export async function packagesNeeded(path: string, signal?: Abort): Promise<readonly NeededPackage[]> {
  const title = quoted(basename(path));
  const source = await openZip(path, title);
  try {
    const needed = new Map<string, NeededPackage>();
    for (const { use, name } of entriesOf(await readManifest(source, title))) {
      if (use.kind !== 'tokens') continue;
      throwIfAborted(signal);
      const bytes = await source.read(name, mostBytes(use)).catch(() => null);
      const made = bytes && packageOf(bytes, name);
      if (made) needed.set(made.sha256, made);
    }
    return [...needed.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  } finally {
    await source.close();
  }
}

/** Null for tokens that are damaged: nothing can be done with them anyway. */
function packageOf(bytes: Uint8Array, name: string): NeededPackage | null {
  try {
    const { id, sha256 } = bytesToTokens(bytes, name).package;
    return { id, sha256 };
  } catch {
    return null;
  }
}
