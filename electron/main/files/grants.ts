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
  /** The engine knows the file before the window does. A file that is given again has the same id, so that the window knows it. */
  give(file: GrantedFile): FileGrant;
  /** @throws TesseraError 'usage' for an id that was not given out */
  find(id: GrantId): GrantedFile;
  /** The window that has them is gone: they are good for nothing any more. */
  end(): void;
  /** What an engine that is started anew has to be told. */
  messages(): HostMessage[];
}

/** `tell` reaches the engine. */
export function createGrants(tell: (message: HostMessage) => void): Grants {
  const files = new Map<GrantId, GrantedFile>();
  return {
    give(file) {
      const known = [...files].find(([, other]) => sameGrant(other, file));
      const id = known?.[0] ?? randomUUID();
      files.set(id, file);
      if (!known) tell(messageFor(id, file));
      return { id, name: path.basename(file.path), kind: file.kind };
    },
    find(id) {
      const file = files.get(id);
      if (file === undefined) throw new TesseraError('usage', 'This file was not chosen by anyone.');
      return file;
    },
    end() {
      files.clear();
      tell({ kind: 'revoke' });
    },
    messages: () => [...files].map(([id, file]) => messageFor(id, file)),
  };
}

function sameGrant(a: GrantedFile, b: GrantedFile): boolean {
  return a.path === b.path && a.kind === b.kind && a.access === b.access;
}

function messageFor(id: GrantId, { path, access, kind }: GrantedFile): HostMessage {
  return { kind: 'grant', id, path, access, purpose: kind };
}
