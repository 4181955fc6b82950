import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { FileGrant, GivenFile, RecentFile } from '../../../core/contract/mainApi.ts';
import type { FileAccess } from '../../../core/contract/engineHost.ts';
import { createFolders, openedOf } from '../files/folders.ts';
import type { Grants } from '../files/grants.ts';
import {
  ALL_FILES,
  kindOf,
  MODELS_AND_INDEXES,
  named,
  OPEN_TITLES,
  OPEN_TYPES,
  openedAccess,
  SAVE_TITLES,
  SAVE_TYPES,
  savedKind,
  withExtension,
} from '../files/kinds.ts';
import { describe, forget, recentId, type RecentEntry, remember } from '../files/recent.ts';
import { lookAddress } from '../files/look.ts';
import { isSample, samplePath } from '../files/samples.ts';
import type { Handlers } from '../ipc/answer.ts';
import type { JsonFile } from '../settings.ts';
import { translated } from '../texts.ts';

type FileKind = FileGrant['kind'];
type FileMethod = Extract<keyof Handlers, `${'files' | 'session'}.${string}`>;

export interface FilesOptions {
  readonly root: string; // the folder that holds assets/
  readonly grants: Grants;
  readonly recent: JsonFile<RecentEntry[]>;
  readonly session: JsonFile<string[]>; // paths
  readonly window: () => BrowserWindow;
  readonly onRecentChanged: () => void;
}

export interface Files {
  readonly handlers: Pick<Handlers, FileMethod>;
  /**
   * Files and folders that a person gave to the application: by the command line, by dropping, or by the menu of the system.
   * A folder stands for what it holds. One that cannot be opened stops no other.
   */
  readonly openGiven: (paths: readonly string[]) => Promise<GivenFile[]>;
  readonly recentFiles: () => RecentFile[];
}

/** What the window can ask about files: every one of them was chosen by a person. */
export function createFiles(options: FilesOptions): Files {
  const { root, grants, recent, session, window, onRecentChanged } = options;

  async function open(file: string): Promise<FileGrant> {
    const kind = kindOf(file);
    return openAs(file, kind, openedAccess(kind));
  }

  async function openGiven(paths: readonly string[]): Promise<GivenFile[]> {
    const opened = paths.map(async (given) => {
      if (!(await isFolder(given))) return eachGiven([given], open);
      try {
        return await eachGiven(await openedOf(given), open);
      } catch (error) {
        return [refused(given, error)];
      }
    });
    return (await Promise.all(opened)).flat();
  }

  async function openAs(file: string, kind: FileKind, access: FileAccess): Promise<FileGrant> {
    await mustBeThere(file);
    return grants.give({ path: file, kind, access });
  }

  async function mustBeThere(file: string): Promise<void> {
    await access(file, constants.R_OK).catch((cause: unknown) => {
      recent.set(forget(recent.value, file));
      onRecentChanged();
      throw new TesseraError(
        'input',
        `${path.basename(file)} cannot be opened.`,
        'It may have been moved, renamed or removed.',
        { cause },
      );
    });
  }

  const folders = createFolders(grants);
  const recentFiles = (): RecentFile[] => recent.value.map((entry) => describe(entry, homedir()));

  async function chooseFolder(title: string): Promise<string | null> {
    const { filePaths } = await dialog.showOpenDialog(window(), {
      title,
      defaultPath: folderOf(recent.value[0]),
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  }

  const handlers: Pick<Handlers, FileMethod> = {
    'files.open': async ({ kind }) => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: translated(OPEN_TITLES[kind]),
        defaultPath: folderOf(recent.value[0]),
        properties: ['openFile'],
        filters: OPEN_TYPES[kind].map(named),
      });
      const [file] = filePaths;
      if (file === undefined) return null;
      // What a file is chosen for counts more than its name.
      return kind === 'mask' || kind === 'tokens'
        ? grants.give({ path: file, kind, access: 'read' })
        : open(file);
    },
    'files.openMany': async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: translated(OPEN_TITLES.any),
        defaultPath: folderOf(recent.value[0]),
        properties: ['openFile', 'multiSelections'],
        filters: OPEN_TYPES.any.map(named),
      });
      return openGiven(filePaths);
    },
    'files.openModel': async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: translated('Add a model'),
        properties: ['openFile', 'multiSelections'],
        filters: [MODELS_AND_INDEXES, ALL_FILES].map(named),
      });
      return filePaths.map((file) => grants.give({ path: file, kind: 'model', access: 'read' }));
    },
    'files.save': async ({ kind, name }) => {
      const type = SAVE_TYPES[kind];
      const { filePath } = await dialog.showSaveDialog(window(), {
        title: translated(SAVE_TITLES[kind]),
        defaultPath: path.join(folderOf(recent.value[0]), withExtension(path.basename(name), type)),
        filters: [named(type)],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      // An empty path is how older versions of Electron say that the dialog was cancelled.
      if (!filePath) return null;
      const file = withExtension(filePath, type);
      if (file !== filePath && !(await mayReplace(window(), file))) return null;
      return grants.give({ path: file, kind: savedKind(kind), access: 'write' });
    },
    'files.openFolder': async ({ kind }) => {
      const title = translated(
        kind === 'mask' ? 'Choose the folder of the masks' : 'Choose a folder of pictures',
      );
      const folder = await chooseFolder(title);
      return folder === null ? null : folders.read(folder, kind);
    },
    'files.saveFolder': async () => {
      const folder = await chooseFolder(translated('Choose where the results go'));
      return folder === null ? null : folders.write(folder);
    },
    'files.saveIn': ({ folder, name }) => folders.fileIn(folder, name),
    'files.mayWrite': async ({ file }) => {
      const granted = grants.find(file);
      const { path: chosen, kind, access } = granted;
      if (kind !== 'project') throw new TesseraError('usage', 'Only projects are written again.');
      if (access !== 'write' && !(await maySaveOver(window(), chosen))) return null;
      return grants.give({ ...granted, access: 'write' });
    },
    'files.release': ({ files }) => {
      grants.end(files);
      return null;
    },
    'files.reveal': ({ file }) => {
      shell.showItemInFolder(grants.find(file).path);
      return null;
    },
    'files.recent': recentFiles,
    'files.openRecent': ({ id }) => {
      const entry = recent.value.find((each) => recentId(each.path) === id);
      if (entry === undefined) throw new TesseraError('usage', 'This file is not in the list any more.');
      return openAs(entry.path, kindOf(entry.path), 'read'); // the page says what was clicked
    },
    'files.openSample': ({ id }) =>
      grants.give({ path: samplePath(root, id), kind: 'picture', access: 'read' }),
    'files.remember': ({ file, look }) => {
      const { path: chosen, kind } = grants.find(file);
      if (isSample(root, chosen) || kind === 'model') return null;
      recent.set(remember(recent.value, { path: chosen, kind, look: lookAddress(look) }));
      app.addRecentDocument(chosen);
      onRecentChanged();
      return null;
    },
    'files.forget': ({ id }) => {
      recent.set(recent.value.filter((entry) => recentId(entry.path) !== id));
      onRecentChanged();
      return null;
    },
    'session.keep': ({ files }) => {
      session.set(files.map((file) => grants.find(file).path).filter((file) => !isSample(root, file)));
      return null;
    },
    'session.open': () => eachGiven(session.value, (file) => openAs(file, kindOf(file), 'read')), // as from the list of recent files
  };
  return { handlers, openGiven, recentFiles };
}

/** What becomes of each file. */
function eachGiven(
  paths: readonly string[],
  open: (file: string) => Promise<FileGrant>,
): Promise<GivenFile[]> {
  return Promise.all(
    paths.map(async (file): Promise<GivenFile> => {
      try {
        return { name: path.basename(file), file: await open(file) };
      } catch (error) {
        return refused(file, error);
      }
    }),
  );
}

function refused(file: string, error: unknown): GivenFile {
  return { name: path.basename(file), error: toErrorShape(error) };
}

async function isFolder(given: string): Promise<boolean> {
  return stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Dialogs begin where the last file was. */
function folderOf(entry: RecentEntry | undefined): string {
  return entry === undefined ? app.getPath('pictures') : path.dirname(entry.path);
}

async function maySaveOver(window: BrowserWindow, file: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: translated(`Do you want to save into ${path.basename(file)}?`),
    detail: translated('It was opened from the list of recent files. Tessera asks once.'),
    buttons: [translated('Cancel'), translated('Save')],
    defaultId: 1,
    cancelId: 0,
  });
  return response === 1;
}

/** The dialog asked about the name as it was typed, not about the one with its extension. */
async function mayReplace(window: BrowserWindow, file: string): Promise<boolean> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: translated(`${path.basename(file)} exists already.`),
    detail: translated('Replacing it overwrites what it holds.'),
    buttons: [translated('Cancel'), translated('Replace')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
