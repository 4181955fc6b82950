import { TesseraError } from '../../../core/base/errors.ts';
import type { FileGrant } from '../../../core/contract/mainApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { lookAtModel } from '../models/add.ts';
import { report } from '../report.ts';
import { readProject } from './projects.ts';
import { readPicture } from './readPicture.ts';
import { rememberFile } from './recent.ts';

/** Opens a file that main has granted, as a document of its own. */
export async function openFile(editor: Editor, file: FileGrant): Promise<void> {
  editor.open(await readFile(editor, file));
  await rememberFile(editor, file);
}

/** Reads a file that main has granted, as a new document that is not shown yet. */
export function readFile(editor: Editor, file: FileGrant): Promise<OpenDocument> {
  switch (file.kind) {
    case 'project':
      return readProject(editor, file);
    case 'tokens':
      throw new TesseraError(
        'input',
        `${file.name} holds tokens, and no picture.`,
        'Open a picture or a Tessera project.',
      );
    case 'model':
      throw new TesseraError(
        'input',
        `${file.name} is a model, and no picture.`,
        'Add it in the Model panel.',
      );
    case 'picture':
    case 'mask':
      return readPicture(editor, { file: file.id }, file.name);
  }
}

/** Asks which file, and opens it. */
export async function chooseFile(editor: Editor): Promise<void> {
  const file = await editor.main.call('files.open', { kind: 'any' });
  if (file) await openFile(editor, file);
}

/** Opens one of the recent files; what goes wrong becomes a notice. */
export function openRecent(editor: Editor, id: string): Promise<void> {
  return reported(editor, async () => openFile(editor, await editor.main.call('files.openRecent', { id })));
}

/** Opens one of the sample pictures; they are not among the recent files. */
export function openSample(editor: Editor, id: string): Promise<void> {
  return reported(editor, async () => {
    const file = await editor.main.call('files.openSample', { id });
    editor.open(await readPicture(editor, { file: file.id }, file.name));
  });
}

/** Opens files that were dropped onto the window, one after the other; one that cannot be opened stops no other. Files of a
 * model are looked at together: they may be its parts. */
export async function dropFiles(editor: Editor, files: readonly unknown[]): Promise<void> {
  const models: FileGrant[] = [];
  for (const file of files) {
    await reported(editor, async () => {
      const granted = await editor.main.dropped(file);
      if (granted.kind === 'model') models.push(granted);
      else await openFile(editor, granted);
    });
  }
  if (models.length > 0) await lookAtModel(editor, models);
}

async function reported(editor: Editor, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    report(editor, error);
  }
}
