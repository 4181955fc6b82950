import { createHash } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { isMaskName } from '../../../core/pixels/masks/maskNames.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import type { FileGrant, FolderGrant } from '../../../core/contract/mainApi.ts';
import type { Grants } from './grants.ts';
import { isPicture } from './kinds.ts';

const MOST = 5000; // pictures of a folder

/** The folders that a person chose, for many fills at once. */
export interface Folders {
  /** Grants the pictures in a folder for reading, and those that are named as masks of others as masks. Throws 'input' where there are none, or too many. */
  read(folder: string, kind: 'picture' | 'mask'): Promise<FolderGrant>;
  /** Lets files be written into a folder. */
  write(folder: string): { readonly id: GrantId; readonly name: string };
  /** Throws 'usage' for a folder that nobody chose. */
  fileIn(id: GrantId, name: string): Promise<{ readonly file: FileGrant; readonly exists: boolean }>;
}

export function createFolders(grants: Grants): Folders {
  const writable = new Map<GrantId, string>();
  return {
    async read(folder, kind) {
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .filter((entry) => !entry.isDirectory() && isPicture(entry.name))
        .map(({ name }) => name)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
      if (names.length === 0 || names.length > MOST) throw unsuitable(folder, names.length);
      const files = names.map((name) => {
        const isMask = kind === 'mask' || isMaskName(name, names);
        return grants.give({ path: path.join(folder, name), kind: isMask ? 'mask' : kind, access: 'read' });
      });
      return { id: idOf(folder), name: path.basename(folder), files };
    },
    write(folder) {
      const id = idOf(folder);
      writable.set(id, folder);
      return { id, name: path.basename(folder) };
    },
    async fileIn(id, name) {
      const folder = writable.get(id);
      if (folder === undefined) throw new TesseraError('usage', 'This folder was not chosen by anyone.');
      const file = path.join(folder, name);
      const exists = await access(file).then(
        () => true,
        () => false,
      );
      return { file: grants.give({ path: file, kind: 'picture', access: 'write' }), exists };
    },
  };
}

function idOf(folder: string): GrantId {
  return createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 32);
}

function unsuitable(folder: string, count: number): TesseraError {
  const name = path.basename(folder);
  return count === 0
    ? new TesseraError('input', `The folder ${name} holds no pictures.`, 'Choose another one.')
    : new TesseraError(
        'limit',
        `The folder ${name} holds ${count} pictures, and at most ${MOST} go at once.`,
        'Share them out to several folders.',
      );
}
