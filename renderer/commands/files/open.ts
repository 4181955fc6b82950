import { fromErrorShape, TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { FileGrant, GivenFile } from '../../../core/contract/mainApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { lookAtModel } from '../models/add.ts';
import { refuse } from '../report.ts';
import { takeSnapshot } from './parts.ts';
import { readProject } from './projects.ts';
import { readPicture } from './readPicture.ts';
import { rememberFile } from './recent.ts';

/** Opens a file that main has granted, as a document of its own; one that is open already is shown. */
export async function openFile(editor: Editor, file: FileGrant): Promise<void> {
  await rememberFile(editor, file, await openOnce(editor, file));
}

async function openOnce(editor: Editor, file: FileGrant): Promise<OpenDocument> {
  const open = editor.documents.find(({ project, source }) => (project ?? source)?.id === file.id);
  if (open) {
    editor.active = open;
    return open;
  }
  const document = await readFile(editor, file);
  if (!document.project) document.source = file;
  if (file.kind === 'picture' && !document.isPartial)
    document.recovery.origin = tellOrigin(editor, document, file);
  editor.open(document);
  return document;
}

/** From then on, work on the document can be recovered although its picture was never copied. */
async function tellOrigin(editor: Editor, document: OpenDocument, file: FileGrant): Promise<void> {
  const { json } = takeSnapshot(editor, document);
  // Where it cannot be noted, the picture itself is kept.
  await editor.engine
    .call('recovery.origin', { file: file.id, document: document.id, json })
    .catch(() => undefined);
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

/** Asks which files, and opens them. */
export async function chooseFiles(editor: Editor): Promise<void> {
  await openGiven(editor, await editor.main.call('files.openMany', null));
}

/** Opens files that main has found, and says which it has not. Files of a model are looked at together: they may be its parts. */
export async function openGiven(editor: Editor, files: readonly GivenFile[]): Promise<void> {
  const refused: Refused[] = [];
  const models: FileGrant[] = [];
  for (const given of files) {
    try {
      const file = grantOf(given);
      if (file.kind === 'model') models.push(file);
      else await openFile(editor, file);
    } catch (error) {
      refused.push({ name: given.name, error });
    }
  }
  if (refused.length > 0) refuse(editor, together(refused));
  if (models.length > 0) await lookAtModel(editor, models);
}

function grantOf(given: GivenFile): FileGrant {
  if ('error' in given) throw fromErrorShape(given.error);
  return given.file;
}

/** Opens one of the recent files; what goes wrong becomes a notice. */
export function openRecent(editor: Editor, id: string): Promise<void> {
  return reported(editor, async () => openFile(editor, await editor.main.call('files.openRecent', { id })));
}

/** Opens one of the sample pictures; they are not among the recent files. */
export function openSample(editor: Editor, id: string): Promise<void> {
  return reported(editor, async () => {
    const file = await editor.main.call('files.openSample', { id });
    await openOnce(editor, file);
  });
}

/** Opens files and folders that were dropped onto the window. */
export async function dropFiles(editor: Editor, dropped: readonly NamedFile[]): Promise<void> {
  const given = await Promise.all(dropped.map((file) => findDropped(editor, file)));
  await openGiven(editor, given.flat());
}

async function findDropped(editor: Editor, file: NamedFile): Promise<GivenFile[]> {
  try {
    return await editor.main.dropped(file);
  } catch (error) {
    return [{ name: file.name, error: toErrorShape(error) }];
  }
}

/** A file as the page knows it. */
interface NamedFile {
  readonly name: string;
}

interface Refused extends NamedFile {
  readonly error: unknown;
}

const NAMED = 3; // files of a message

/** What was wrong with some files, in one sentence. */
function together(refused: readonly Refused[]): unknown {
  const wrong = refused.filter(({ error }) => toErrorShape(error).code !== 'aborted');
  const [first, ...others] = wrong;
  if (!first || others.length === 0) return (first ?? refused[0])?.error;
  const names = wrong.slice(0, NAMED).map(({ name }) => name);
  const more = wrong.length - names.length;
  const list = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
  return new TesseraError('input', `${wrong.length} files can't be opened: ${list}.`, WHAT_OPENS);
}

const WHAT_OPENS = 'Use pictures such as JPEG, PNG, HEIC, TIFF or PSD, or Tessera projects.';

async function reported(editor: Editor, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    refuse(editor, error);
  }
}
