import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Lost, parseProject, type Project, salvage } from '../../../core/document/projectFile.ts';
import type {
  DocumentId,
  FileStamp,
  RecoveryMethod,
  PartsSent,
  TilesSent,
} from '../../../core/contract/engineApi.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { tileKey } from '../../../core/raster/tileKey.ts';
import { drawAgain, type Remade, sourcesOf } from '../../../core/document/project/remade.ts';
import { broken } from '../../../core/document/project/parse.ts';
import { quoted } from '../../io/files/readBytes.ts';
import { createKeptFolder } from '../../io/recovery/keptFolder.ts';
import type { KeptDocument } from '../../io/recovery/keptDocument.ts';
import { decodePart, entryName, mostBytes } from '../../io/projects/entries.ts';
import { readManifest, readParts } from '../../io/projects/readProject.ts';
import type { ProjectSource } from '../../io/projects/source.ts';
import type { WriteProjectOptions } from '../../io/projects/writeProject.ts';
import { openZip } from '../../io/projects/zipSource.ts';
import type { Codec } from '../codec/codec.ts';
import type { Call, Handlers } from '../handler.ts';
import type { Host } from '../host.ts';

/**
 * Projects, and what is kept of open documents for recovery. What the window gives of a document lies on disk from then
 * on, in the form in which a project has it: so saving is little more than copying, and little is held in memory.
 */
export function projectHandlers(
  host: Pick<Host, 'pathOf' | 'recoveryFolder'>,
  codec: Codec,
): Pick<Handlers, RecoveryMethod> {
  const kept = createKeptFolder(() => host.recoveryFolder());

  return {
    'project.open': async ({ file, document }, call) => {
      const path = await host.pathOf(file, 'read', 'project');
      const name = basename(path);
      const title = quoted(name);
      const stamp = await stampOf(path);
      const checked = await checkProject(path, title);
      try {
        const read = await kept.use(document, (own) => openProject(own, path, title, checked, call));
        return { json: JSON.stringify(read.project.manifest), name, lost: read.lost, stamp };
      } catch (error) {
        await kept.drop(document);
        throw error;
      }
    },

    'project.save': async ({ file, document, json, stamp }, { signal, progress }) => {
      const path = await host.pathOf(file, 'write', 'project');
      const now = stamp === null ? null : await stampOf(path);
      if (now !== null && now !== stamp) return { missing: [], stamp: null, changed: true };
      const onProgress = (done: number): void => {
        progress({ done });
      };
      const missing = await kept.beside(document, () =>
        saveProject(document, json, path, { signal, onProgress }),
      );
      return { missing, stamp: missing.length > 0 ? null : await stampOf(path), changed: false };
    },

    'recovery.origin': async ({ document, file, json }) => {
      const path = await host.pathOf(file, 'read', 'picture', 'mask');
      const { manifest } = parseProject(json, NO_FILE);
      await kept.use(document, (own) => own.setOrigin(path, manifest.picture));
      return null;
    },

    'recovery.remade': async ({ document, remade }) => {
      await kept.use(document, (own) => own.setRemade(remade));
      return null;
    },

    'recovery.add': async ({ document, parts }) => {
      await kept.use(document, (own) => own.add(parts));
      return null;
    },

    'recovery.keep': async ({ document, json }) => {
      if (json !== null) {
        const project = parseProject(json, NO_FILE);
        return kept.use(document, async (own) => {
          const missing = own.lost(project);
          if (missing.length === 0) await own.keep(json, project);
          return { missing };
        });
      }
      await kept.use(document, (own) => own.forgetSnapshot());
      return { missing: [] };
    },

    'recovery.list': ({ open }) => kept.list(open),

    'recovery.open': ({ document }, call) =>
      kept.use(document, async (own) => {
        const whole = await readManifest(own.snapshot, NO_FILE);
        await bringFromOrigin(own, whole, codec, call);
        for (const remade of own.leftToDraw(whole)) await bringDrawn(own, remade, call);
        const { project, lost } = await sendParts(own.snapshot, whole, NO_FILE, call);
        await own.begin(project);
        const { name } = project.manifest;
        return { json: JSON.stringify(project.manifest), name, lost, stamp: null };
      }),

    'recovery.drop': async ({ document }) => {
      await kept.drop(document);
      return null;
    },
  };

  /** Writes a project if all its parts are there; says which are not. Snapshots are kept meanwhile. */
  async function saveProject(
    document: DocumentId,
    json: string,
    path: string,
    options: WriteProjectOptions,
  ): Promise<number[]> {
    const project = parseProject(json, NO_FILE);
    const { missing, saving } = await kept.use(document, async (own) => {
      const missing = own.missing(project);
      return { missing, saving: missing.length > 0 ? null : await own.beginSave(json, project) };
    });
    if (saving) {
      const written = saving.write(path, options);
      await written.catch(() => undefined);
      await kept.use(document, async () => {
        await saving.end();
        await written; // where it failed, what is on the disk is found out anew
      });
    }
    return missing;
  }
}

/** Reads the tiles of a recovered document anew that only the file it was opened from has; of a damaged one they stay missing. */
async function bringFromOrigin(
  own: KeptDocument,
  project: Project,
  codec: Codec,
  { signal }: Call<PartsSent>,
): Promise<void> {
  const left = await own.leftInOrigin(project);
  if (!left) return;
  const ids = new Map(left.tiles.map(({ column, row, id }) => [tileKey(column, row), id]));
  let added = Promise.resolve();
  const progress = ({ tiles }: TilesSent): void => {
    const parts = tiles.flatMap(({ key, tile }): Part[] => {
      const id = ids.get(key);
      return id === undefined ? [] : [{ id, kind: 'tile', bytes: tile }];
    });
    if (parts.length > 0) added = added.then(() => own.add(parts));
    added.catch(() => undefined); // it is waited for below
  };
  try {
    await codec.run('picture.read', { path: left.path }, { signal, progress });
  } catch (error) {
    if (toErrorShape(error).code !== 'input') throw error; // it may be read another time
  }
  await added;
}

const AT_ONCE = 64; // tiles

/** Draws the tiles of a recovered document again that were never given; where a source is damaged, they stay missing. */
async function bringDrawn(own: KeptDocument, remade: Remade, { signal }: Call<PartsSent>): Promise<void> {
  const sources = new Map<number, Uint8Array>();
  for (const use of sourcesOf(remade)) {
    const coded = await own.snapshot.read(entryName(use), mostBytes(use));
    const tile = coded && (await decodePart(coded, use));
    if (!tile) return;
    sources.set(use.id, tile);
  }
  const drawn = await drawAgain(remade, (id) => sources.get(id)!, signal);
  const parts = Array.from(drawn, ([id, bytes]): Part => ({ id, kind: 'tile', bytes }));
  for (let from = 0; from < parts.length; from += AT_ONCE) await own.add(parts.slice(from, from + AT_ONCE));
}

/** Which file lies at a path, and in which state; null where there is none. */
async function stampOf(path: string): Promise<FileStamp | null> {
  const status = await stat(path).catch(() => null);
  return status && [status.ino, status.size, status.mtimeMs].join(' ');
}

/** What messages call a document that is not read from a file. */
const NO_FILE = 'The document';

/** Refuses what is no project before anything is copied. */
async function checkProject(path: string, title: string): Promise<Project> {
  const source = await openZip(path, title);
  try {
    return await readManifest(source, title);
  } finally {
    await source.close();
  }
}

/** Reads a project from a copy of its file, which nobody else can change meanwhile. */
async function openProject(
  own: KeptDocument,
  path: string,
  title: string,
  checked: Project,
  call: Call<PartsSent>,
): Promise<Salvaged> {
  const source = await own.takeOver(path, title, checked);
  try {
    const whole = await readManifest(source, title);
    const salvaged = await sendParts(source, whole, title, call, own);
    await own.begin(salvaged.project);
    return salvaged;
  } finally {
    await source.close();
  }
}

/** What of a project can be read. */
interface Salvaged {
  readonly project: Project;
  readonly lost: Lost | null; // where that is not all
}

/**
 * Sends all parts of a project that can be read; `recovery` has them from then on.
 * @throws TesseraError 'input' where nothing of the picture is left
 */
async function sendParts(
  source: ProjectSource,
  whole: Project,
  title: string,
  { signal, progress }: Call<PartsSent>,
  recovery?: KeptDocument,
): Promise<Salvaged> {
  const damaged = new Set<number>();
  for await (const read of readParts(source, whole, signal)) {
    await recovery?.adopt(read.coded);
    progress({ parts: read.parts, done: read.done });
    for (const id of read.damaged) damaged.add(id);
  }
  if (damaged.size === 0) return { project: whole, lost: null };
  const { project, lost } = salvage(whole, damaged);
  if (whole.manifest.picture.length > 0 && project.manifest.picture.length === 0) {
    throw broken(title, 'nothing of its picture can be read');
  }
  return { project, lost };
}
