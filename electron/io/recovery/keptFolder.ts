import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentId, Recoverable } from '../../../core/contract/engineApi.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { type KeptDocument, newestManifest, openKept, SNAPSHOTS } from './keptDocument.ts';
import { isHeld } from './owner.ts';

/** The folder in which a folder for each document lies. */
export interface KeptFolder {
  /** Runs `work` with what is kept of a document, after all that was asked for it before. */
  use<T>(document: DocumentId, work: (kept: KeptDocument) => Promise<T>): Promise<T>;
  /** Runs what takes long beside that, one after the other. */
  beside<T>(document: DocumentId, work: () => Promise<T>): Promise<T>;
  /** Forgets a document, after all that was asked for it before. */
  drop(document: DocumentId): Promise<void>;
  /** Snapshots that nobody living looks after; `open` are looked after. Folders without one are cleared away. */
  list(open: readonly DocumentId[]): Promise<Recoverable[]>;
}

/** The last work asked for, by document. */
type Line = Map<DocumentId, Promise<unknown>>;

async function inTurn<T>(line: Line, document: DocumentId, work: () => Promise<T>): Promise<T> {
  const before = line.get(document) ?? Promise.resolve();
  const mine = before.then(work, work);
  line.set(document, mine);
  try {
    return await mine;
  } finally {
    if (line.get(document) === mine) line.delete(document);
  }
}

const DOCUMENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param root where documents are kept; asked for when it is needed first */
export function createKeptFolder(root: () => string): KeptFolder {
  const taken = new Map<DocumentId, Promise<KeptDocument>>();
  const lines: Line = new Map();
  const linesBeside: Line = new Map();

  function take(document: DocumentId): Promise<KeptDocument> {
    const known = taken.get(document);
    if (known) return known;
    const opening = openKept(folderOf(root(), document));
    taken.set(document, opening);
    opening.catch(() => taken.delete(document));
    return opening;
  }

  const beside: KeptFolder['beside'] = (document, work) => inTurn(linesBeside, document, work);

  return {
    use: (document, work) =>
      inTurn(lines, document, async () => {
        const kept = await take(document);
        try {
          return await work(kept);
        } catch (error) {
          taken.delete(document); // what is on the disk is found out anew
          throw error;
        } finally {
          await kept.rest();
        }
      }),
    beside,
    drop: (document) =>
      beside(document, () =>
        inTurn(lines, document, async () => {
          const folder = folderOf(root(), document);
          taken.delete(document);
          await rm(folder, { recursive: true, force: true }).catch(() => undefined); // closing goes on
        }),
      ),
    async list(open) {
      const names = await readdir(root()).catch(() => []);
      const free = names.filter((name) => DOCUMENT_ID.test(name) && !open.includes(name));
      const found = await Promise.all(free.map((name) => find(name)));
      return found.filter((one) => one !== null).sort((a, b) => b.at - a.at);
    },
  };

  async function find(document: DocumentId): Promise<Recoverable | null> {
    const folder = folderOf(root(), document);
    if (await isHeld(folder)) return null;
    const files = await Promise.all(SNAPSHOTS.map((name) => stat(join(folder, name)).catch(() => null)));
    const status = files.find((file) => file !== null);
    if (!status) {
      // Saved and closed, or never changed; one that this process has taken may be filled just now.
      if (!taken.has(document)) await rm(folder, { recursive: true, force: true });
      return null;
    }
    const newest = await newestManifest(folder).catch(() => null);
    return newest && { document, name: newest.project.manifest.name, at: status.mtimeMs };
  }
}

/** What windows say is not taken for a path before it was looked at. */
function folderOf(root: string, document: DocumentId): string {
  if (DOCUMENT_ID.test(document)) return join(root, document);
  throw new TesseraError('usage', 'A document is named by a UUID.');
}
