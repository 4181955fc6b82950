import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseProject } from '../../core/document/projectFile.ts';
import { toErrorShape } from '../../core/base/errors.ts';
import type { PictureSource } from '../../electron/engine/codec/api.ts';
import { readTiles } from '../../electron/engine/codec/pictures.ts';
import { projectHandlers } from '../../electron/engine/methods/projects.ts';

/** What a crash left. */
export interface Found {
  readonly steps: number; // undo steps of the document that comes back; 0 where none does
  readonly problem: string; // '' where all that was there can be read
}

/** Opens what is kept for recovery, as the next start would, and the project file if there is one. */
export async function look(userData: string, project: string): Promise<Found> {
  const handlers = projectHandlers(
    { pathOf: (file) => Promise.resolve(file), recoveryFolder: () => path.join(userData, 'recovery') },
    { run: async (_method, params, { progress }) => await readTiles(params as PictureSource, progress) },
  );
  const call = { signal: new AbortController().signal, progress: () => undefined };
  const problems: string[] = [];
  let steps = 0;
  const tell = (error: unknown): void => {
    problems.push(toErrorShape(error).message);
  };
  if (existsSync(project)) {
    await handlers['project.open']({ file: project, document: crypto.randomUUID() }, call).then((read) => {
      if (read.lost) problems.push('The project lost something.');
      steps = stepsOf(read.json);
    }, tell);
  }
  for (const { document } of await handlers['recovery.list']({ open: [] }, call)) {
    await handlers['recovery.open']({ document }, call).then((read) => {
      if (read.lost) problems.push('Recovery lost something.');
      steps = Math.max(steps, stepsOf(read.json));
    }, tell);
    await handlers['recovery.drop']({ document }, call);
  }
  return { steps, problem: problems.join(' ') };
}

function stepsOf(json: string): number {
  return parseProject(json, 'The project').manifest.history.position;
}
