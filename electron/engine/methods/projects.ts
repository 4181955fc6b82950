import { basename } from 'node:path';
import { parseProject, type Project } from '../../../core/document/projectFile.ts';
import type { DocumentId, KeeperMethod, Missing, PartsSent } from '../../../core/contract/engineApi.ts';
import { quoted } from '../../io/files/readBytes.ts';
import { createKeptFolder } from '../../io/recovery/keptFolder.ts';
import type { KeptDocument } from '../../io/recovery/keptDocument.ts';
import { readManifest, readParts } from '../../io/projects/readProject.ts';
import type { ProjectSource } from '../../io/projects/source.ts';
import { openZip } from '../../io/projects/zipSource.ts';
import type { Call, Handlers } from '../handler.ts';
import type { Host } from '../host.ts';

/**
 * Projects, and what is kept of open documents for recovery. What the window gives of a document lies on disk from then
 * on, in the form in which a project has it: so saving is little more than copying, and little is held in memory.
 */
export function projectHandlers(host: Pick<Host, 'pathOf' | 'recoveryFolder'>): Pick<Handlers, KeeperMethod> {
  const kept = createKeptFolder(() => host.recoveryFolder());

  return {
    'project.open': async ({ file, document }, call) => {
      const path = await host.pathOf(file, 'read');
      const name = basename(path);
      const title = quoted(name);
      await checkProject(path, title);
      try {
        const project = await kept.use(document, (own) => openProject(own, path, title, call));
        return { json: JSON.stringify(project.manifest), name };
      } catch (error) {
        await kept.drop(document);
        throw error;
      }
    },

    'project.save': async ({ file, document, json }, { signal, progress }) => {
      const path = await host.pathOf(file, 'write');
      const onProgress = (done: number): void => {
        progress({ done });
      };
      return ifComplete(document, json, (own, project) =>
        own.save(path, json, project, { signal, onProgress }),
      );
    },

    'recovery.add': async ({ document, parts }) => {
      await kept.use(document, (own) => own.add(parts));
      return null;
    },

    'recovery.keep': async ({ document, json }) => {
      if (json !== null) return ifComplete(document, json, (own, project) => own.keep(json, project));
      await kept.use(document, (own) => own.forgetSnapshot());
      return { missing: [] };
    },

    'recovery.list': ({ open }) => kept.list(open),

    'recovery.open': ({ document }, call) =>
      kept.use(document, async (own) => {
        const project = await readManifest(own.snapshot, NO_FILE);
        await sendParts(own.snapshot, project, NO_FILE, call);
        await own.begin(project);
        return { json: JSON.stringify(project.manifest), name: project.manifest.name };
      }),

    'recovery.drop': async ({ document }) => {
      await kept.drop(document);
      return null;
    },
  };

  /** Does something with a project if all its parts are there; says which are not. */
  async function ifComplete(
    document: DocumentId,
    json: string,
    work: (own: KeptDocument, project: Project) => Promise<void>,
  ): Promise<Missing> {
    const project = parseProject(json, NO_FILE);
    return kept.use(document, async (own) => {
      const missing = own.missing(project);
      if (missing.length === 0) await work(own, project);
      return { missing };
    });
  }
}

/** What messages call a document that is not read from a file. */
const NO_FILE = 'The document';

/** Refuses what is no project before anything is copied. */
async function checkProject(path: string, title: string): Promise<void> {
  const source = await openZip(path, title);
  try {
    await readManifest(source, title);
  } finally {
    await source.close();
  }
}

/** Reads a project from a copy of its file, which nobody else can change meanwhile. */
async function openProject(
  own: KeptDocument,
  path: string,
  title: string,
  call: Call<PartsSent>,
): Promise<Project> {
  const source = await own.takeOver(path, title);
  try {
    const project = await readManifest(source, title);
    await sendParts(source, project, title, call, own);
    await own.begin(project);
    return project;
  } finally {
    await source.close();
  }
}

/** Sends all parts of a project; `keeper` has them from then on. */
async function sendParts(
  source: ProjectSource,
  project: Project,
  title: string,
  { signal, progress }: Call<PartsSent>,
  keeper?: KeptDocument,
): Promise<void> {
  for await (const { parts, coded, done } of readParts(source, project, title, signal)) {
    await keeper?.adopt(coded);
    progress({ parts, done });
  }
}
