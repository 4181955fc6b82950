import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import type { FileAccess, HostMessage } from '../../../core/contract/engineHost.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import type { FileGrant } from '../../../core/contract/mainApi.ts';

export interface GrantedFile {
  readonly path: string;
  readonly kind: FileGrant['kind'];
  readonly access: FileAccess;
}

/** The files that a person chose. The window names them by ids that cannot be guessed, and never sees a path. */
export interface Grants {
  /**
   * The engine knows the file before the window does. A file that is given again has the same id, so that the window knows
   * it; what a person once let be written stays so.
   */
  give(file: GrantedFile): FileGrant;
  /** @throws TesseraError 'usage' for an id that was not given out */
  find(id: GrantId): GrantedFile;
  /** Grants are good for nothing any more: some, or all where the window that has them is gone. */
  end(ids: readonly GrantId[] | 'all'): void;
  /** What an engine that is started anew has to be told. */
  messages(): HostMessage[];
}

/** `tell` reaches the engine. */
export function createGrants(tell: (message: HostMessage) => void): Grants {
  const files = new Map<GrantId, GrantedFile>();
  return {
    give(file) {
      const [id, known] = [...files].find(([, other]) => sameFile(other, file)) ?? [randomUUID(), null];
      const given = known?.access === 'write' ? known : file;
      files.set(id, given);
      tell(messageFor(id, given)); // also one that was good for one export, and is again
      return { id, name: path.basename(file.path), kind: file.kind, access: given.access };
    },
    find(id) {
      const file = files.get(id);
      if (file === undefined) throw new TesseraError('usage', 'This file was not chosen by anyone.');
      return file;
    },
    end(ids) {
      if (ids === 'all') files.clear();
      else for (const id of ids) files.delete(id);
      tell({ kind: 'revoke', ids });
    },
    messages: () => [...files].map(([id, file]) => messageFor(id, file)),
  };
}

function sameFile(a: GrantedFile, b: GrantedFile): boolean {
  return a.path === b.path && a.kind === b.kind;
}

function messageFor(id: GrantId, { path, access, kind }: GrantedFile): HostMessage {
  return { kind: 'grant', id, path, access, purpose: kind };
}
