import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Document } from '../../../../../../core/document/document.ts';
import type { Raster } from '../../../../../../core/raster/raster.ts';
import { sameTile } from '../../../../../../core/raster/tile.ts';
import {
  numberParts,
  parseProject,
  type ProjectDocument,
  type ProjectSnapshot,
  projectToDocument,
} from '../../../../../../core/document/projectFile.ts';
import type {
  DocumentId,
  ParamsOf,
  ProgressOf,
  ResultOf,
  ProjectRead,
} from '../../../../../../core/contract/engineApi.ts';
import type { Part } from '../../../../../../core/document/project/parts.ts';
import type { PictureSource } from '../../../../../../electron/engine/codec/api.ts';
import type { Codec } from '../../../../../../electron/engine/codec/codec.ts';
import { readTiles } from '../../../../../../electron/engine/codec/pictures.ts';
import { projectHandlers } from '../../../../../../electron/engine/methods/projects.ts';
import { snapshotOf, type Work } from '../../../../../unit/core/document/project/support.ts';

type Handlers = ReturnType<typeof projectHandlers>;

/** Runs `work` with a folder that goes away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-projects-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An engine's share in projects, called as the window calls it. A grant is the path of a file. */
export interface Engine {
  readonly folder: string;
  call<M extends keyof Handlers>(
    method: M,
    params: ParamsOf<M>,
    options?: { signal?: AbortSignal; onProgress?: (progress: ProgressOf<M>) => void },
  ): Promise<ResultOf<M>>;
}

export async function startEngine(folder: string): Promise<Engine> {
  const recovery = join(folder, 'recovery');
  await mkdir(recovery, { recursive: true });
  const handlers = projectHandlers(
    { pathOf: (file) => Promise.resolve(file), recoveryFolder: () => recovery },
    codec,
  );
  return {
    folder: recovery,
    async call(method, params, { signal = new AbortController().signal, onProgress } = {}) {
      const copy = structuredClone(params); // as a port does
      return handlers[method](copy, {
        signal,
        progress: (progress) => onProgress?.(structuredClone(progress)),
      });
    },
  };
}

/** Without a thread of its own. */
const codec: Codec = {
  run: async (_method, params, { progress }) => await readTiles(params as PictureSource, progress),
};

/** A document of a window: it numbers its parts, and gives the engine what that lacks. */
export interface Client {
  readonly id: DocumentId;
  snapshot(work: Work): ProjectSnapshot;
  keep(work: Work): Promise<void>;
  save(work: Work, file: string): Promise<void>;
}

export function startClient(engine: Engine, id: DocumentId = randomUUID(), idOf = numberParts()): Client {
  async function complete(
    { json, parts }: ProjectSnapshot,
    ask: (json: string) => Promise<{ missing: readonly number[] }>,
  ): Promise<void> {
    const { missing } = await ask(json);
    if (missing.length === 0) return;
    await engine.call('recovery.add', { document: id, parts: missing.map((part) => parts.get(part)!) });
    const again = await ask(json);
    if (again.missing.length > 0) throw new Error(`still missing: ${again.missing.join()}`);
  }
  const snapshot = (work: Work): ProjectSnapshot => snapshotOf(work, idOf);
  return {
    id,
    snapshot,
    keep: (work) => complete(snapshot(work), (json) => engine.call('recovery.keep', { document: id, json })),
    save: (work, file) =>
      complete(snapshot(work), (json) =>
        engine.call('project.save', { file, document: id, json, stamp: null }),
      ),
  };
}

/** A document as it was opened, and what of it was lost. */
export interface Opened extends ProjectDocument {
  readonly lost: ProjectRead['lost'];
  readonly stamp: ProjectRead['stamp'];
}

export async function openFile(engine: Engine, file: string, document = randomUUID()): Promise<Opened> {
  return gather((onProgress) => engine.call('project.open', { file, document }, { onProgress }));
}

export async function recover(engine: Engine, document: DocumentId): Promise<Opened> {
  return gather((onProgress) => engine.call('recovery.open', { document }, { onProgress }));
}

async function gather(
  ask: (onProgress: (progress: ProgressOf<'project.open'>) => void) => Promise<ProjectRead>,
): Promise<Opened> {
  const parts = new Map<number, Part>();
  const { json, lost, stamp } = await ask((progress) => {
    for (const part of progress.parts) parts.set(part.id, part);
  });
  return { ...projectToDocument(parseProject(json, 'it'), (id) => parts.get(id)!.bytes, 'it'), lost, stamp };
}

/** The same document, byte by byte. */
export function expectEqual(a: Document, b: Document): void {
  expect({ canvas: a.canvas, frame: a.frame, tokens: a.tokens }).toEqual({
    canvas: b.canvas,
    frame: b.frame,
    tokens: b.tokens,
  });
  for (const name of ['picture', 'original', 'selection'] as const) expectSamePixels(a[name], b[name]);
}

function expectSamePixels(a: Raster, b: Raster): void {
  expect([...a.tiles.keys()].sort()).toEqual([...b.tiles.keys()].sort());
  for (const [key, tile] of a.tiles) expect(sameTile(tile, b.tiles.get(key)!)).toBe(true);
}
