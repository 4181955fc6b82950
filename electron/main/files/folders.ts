import { createHash } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { isMaskName } from '../../../core/pixels/masks/maskNames.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import type { FileGrant, FolderGrant } from '../../../core/contract/mainApi.ts';
import type { Grants } from './grants.ts';
import { isPicture, kindOf } from './kinds.ts';

const MOST = 5000; // pictures of a folder
const MOST_OPENED = 50; // documents of a folder

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
      const names = (await filesOf(folder)).filter(isPicture);
      if (names.length === 0) throw empty(folder);
      if (names.length > MOST)
        throw tooMany(folder, names.length, MOST, 'Share them out to several folders.');
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

/**
 * What opening a folder opens: its pictures and projects in the order of their names, where it holds none the files of a
 * model. Throws 'input' where there are none of these either, 'limit' where it holds more than can be open at once.
 */
export async function openedOf(folder: string): Promise<string[]> {
  const names = await filesOf(folder);
  const documents = names.filter((name) => isPicture(name) || kindOf(name) === 'project');
  if (documents.length > MOST_OPENED) {
    const hint = 'Open some of them, or fill all of them by “Fill many…” in the File menu.';
    throw tooMany(folder, documents.length, MOST_OPENED, hint);
  }
  const opened = documents.length > 0 ? documents : names.filter((name) => kindOf(name) === 'model');
  if (opened.length === 0) throw empty(folder);
  return opened.map((name) => path.join(folder, name));
}

/** The names of the files in a folder, without hidden ones such as those that macOS writes beside pictures. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function idOf(folder: string): GrantId {
  return createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 32);
}

function empty(folder: string): TesseraError {
  return new TesseraError(
    'input',
    `The folder ${path.basename(folder)} holds no pictures.`,
    'Choose another one.',
  );
}

function tooMany(folder: string, count: number, most: number, hint: string): TesseraError {
  return new TesseraError(
    'limit',
    `The folder ${path.basename(folder)} holds ${count} pictures, and at most ${most} go at once.`,
    hint,
  );
}
