import { randomUUID } from 'node:crypto';
import {
  documentToProject,
  numberParts,
  parseProject,
  type ProjectDocument,
  projectToDocument,
} from '../../core/document/projectFile.ts';
import type { Missing, PartsSent } from '../../core/contract/engineApi.ts';
import type { Part } from '../../core/document/project/parts.ts';
import { projectHandlers } from '../../electron/engine/methods/projects.ts';
import type { Work } from './work.ts';

const PORTION = 8; // tiles that are sent at once

/** What a window does with its engine, in one process: what would travel is copied instead. */
export interface Window {
  /** Gives the engine what it lacks, and has it keep a snapshot. */
  keep(work: Work): Promise<Kept>;
  save(work: Work, file: string): Promise<void>;
  open(file: string): Promise<ProjectDocument>;
  close(): Promise<void>;
}

/** What keeping took of the window's own thread, ms. */
export interface Kept {
  readonly own: number; // in all
  readonly longest: number; // at a stretch
  readonly parts: number; // that were sent
  readonly manifest: number; // bytes
}

export function openWindow(folder: string): Window {
  const handlers = projectHandlers(
    { pathOf: (file) => Promise.resolve(file), recoveryFolder: () => folder },
    { run: () => Promise.reject(new Error('No picture is decoded here.')) },
  );
  const call = { signal: new AbortController().signal, progress: () => undefined };
  const documents = [randomUUID(), randomUUID()] as const;
  const [document, other] = documents;
  const numberOf = numberParts();
  const stretches: number[] = [];

  function own<T>(work: () => T): T {
    const started = performance.now();
    const result = work();
    stretches.push(performance.now() - started);
    return result;
  }

  async function complete(parts: ReadonlyMap<number, Part>, ask: () => Promise<Missing>): Promise<number> {
    const { missing } = await ask();
    for (let from = 0; from < missing.length; from += PORTION) {
      const portion = missing.slice(from, from + PORTION).map((id) => parts.get(id)!);
      await handlers['recovery.add']({ document, parts: own(() => structuredClone(portion)) }, call);
    }
    if (missing.length > 0) await ask();
    return missing.length;
  }

  const extras = { app: 'Tessera', name: 'bench', metadata: {} };
  const taken = (work: Work) => own(() => documentToProject(work.document, work.history, extras, numberOf));

  return {
    async keep(work) {
      stretches.length = 0;
      const { json, parts } = taken(work);
      const sent = await complete(parts, () => handlers['recovery.keep']({ document, json }, call));
      return {
        own: stretches.reduce((sum, ms) => sum + ms, 0),
        longest: Math.max(...stretches),
        parts: sent,
        manifest: json.length,
      };
    },
    async save(work, file) {
      const { json, parts } = taken(work);
      await complete(parts, () => handlers['project.save']({ file, document, json, stamp: null }, call));
    },
    async open(file) {
      const parts = new Map<number, Uint8Array>();
      const progress = (sent: PartsSent): void => {
        for (const { id, bytes } of structuredClone(sent).parts) parts.set(id, bytes);
      };
      const { json } = await handlers['project.open']({ file, document: other }, { ...call, progress });
      return projectToDocument(parseProject(json, 'it'), (id) => parts.get(id)!, 'it');
    },
    async close() {
      for (const id of documents) await handlers['recovery.drop']({ document: id }, call);
    },
  };
}
