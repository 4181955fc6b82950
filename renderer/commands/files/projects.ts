import { TesseraError } from '../../../core/base/errors.ts';
import { intersectRects } from '../../../core/base/geometry.ts';
import { combine } from '../../../core/selection/combine.ts';
import {
  type Lost,
  lostText,
  numberParts,
  parseProject,
  projectToDocument,
} from '../../../core/document/projectFile.ts';
import type { FileStamp, PartsSent, ProjectRead } from '../../../core/contract/engineApi.ts';
import type { FileGrant } from '../../../core/contract/mainApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type ShownWork, withActivity } from './activity.ts';
import { type Giving, takeSnapshot, withParts } from './parts.ts';
import { rememberFile } from './recent.ts';

/** Reads a project with its history; saving writes to the same file. */
export async function readProject(editor: Editor, file: FileGrant): Promise<OpenDocument> {
  const id = crypto.randomUUID();
  const { document, lost, stamp } = await readParts(
    editor,
    `Opening ${file.name}`,
    file.name,
    id,
    (options) => editor.engine.call('project.open', { file: file.id, document: id }, options),
  );
  document.name = file.name;
  if (lost === null) {
    document.project = file;
    document.stamp = stamp;
    document.markSaved();
  } else document.markSaved(null); // the damaged file stays as it is: saving asks where to
  return document;
}

/** Takes over a document that was left behind unsaved. */
export async function readRecoverable(editor: Editor, id: string, name: string): Promise<OpenDocument> {
  const { document } = await readParts(editor, `Recovering ${name}`, name, id, (options) =>
    editor.engine.call('recovery.open', { document: id }, options),
  );
  document.markSaved(null);
  return document;
}

/** Saves where the document came from, or asks. Resolves to false where the person thought better of it. */
export function save(document: OpenDocument, editor: Editor): Promise<boolean> {
  return inTurn(document, (waited) =>
    // What was asked for again and again while a long save went on is done once.
    waited && document.project && !document.edited ? Promise.resolve(true) : saveNow(document, editor),
  );
}

/** Asks where to, and saves. */
export function saveAs(document: OpenDocument, editor: Editor): Promise<boolean> {
  return inTurn(document, () => saveElsewhere(document, editor));
}

/** One save after the other: at the same time, each would give the engine all that it lacks. */
function inTurn(document: OpenDocument, work: (waited: boolean) => Promise<boolean>): Promise<boolean> {
  const { saving } = document;
  const saved = saving ? saving.then(() => work(true)) : work(false);
  const over = (): void => {
    if (document.saving === mine) document.saving = null;
  };
  const mine = saved.then(over, over);
  document.saving = mine;
  return saved;
}

async function saveNow(document: OpenDocument, editor: Editor): Promise<boolean> {
  const { project, stamp } = document;
  if (!project) return saveElsewhere(document, editor);
  const file =
    project.access === 'write' ? project : await editor.main.call('files.mayWrite', { file: project.id });
  if (!file) return false;
  if (await saveTo(editor, document, file, stamp)) return true;
  const answer = await editor.main.call('dialog.ask', {
    message: `${file.name} was changed by another program.`,
    detail: 'Saving replaces what that program wrote.',
    buttons: ['Replace', 'Save as…', 'Cancel'],
  });
  if (answer === REPLACE) return saveTo(editor, document, file, null);
  return answer === SAVE_AS ? saveElsewhere(document, editor) : false;
}

const REPLACE = 0;
const SAVE_AS = 1;

async function saveElsewhere(document: OpenDocument, editor: Editor): Promise<boolean> {
  const name = `${document.name.replace(/\.[^.]*$/, '')}.tessera`;
  const file = await editor.main.call('files.save', { kind: 'project', name });
  return file ? saveTo(editor, document, file, null) : false;
}

/** @param stamp of the file as it is known; resolves to false where it is another one by now */
async function saveTo(
  editor: Editor,
  document: OpenDocument,
  file: FileGrant,
  stamp: FileStamp | null,
): Promise<boolean> {
  const snapshot = takeSnapshot(editor, document);
  const params = { file: file.id, document: document.id, json: snapshot.json, stamp };
  const saved = await withActivity(editor, `Saving ${file.name}`, ({ signal, onDone }) => {
    const onProgress = ({ done }: { done: number }): void => {
      onDone((1 + done) / 2);
    };
    const ask = () => editor.engine.call('project.save', params, { signal, onProgress });
    const giving: Giving = {
      pause: nextTurn,
      signal,
      onDone(done) {
        onDone(done / 2);
      },
    };
    return withParts(editor, document, snapshot, ask, giving);
  });
  if (saved.changed) return false;
  document.project = file;
  document.stamp = saved.stamp;
  document.source = null;
  document.name = file.name;
  document.markSaved(snapshot.document); // what was edited meanwhile is still to be saved
  await rememberFile(editor, file, document);
  return true;
}

/** Lets the window draw, and Escape arrive. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** Says what could not be read, and selects where the picture is empty because of that. */
function tellLost(editor: Editor, document: OpenDocument, title: string, lost: Lost): void {
  const { selection, canvas } = document.current;
  const changes = lost.picture.flatMap((place) => {
    const rect = intersectRects(place, canvas);
    const data = new Uint8Array(rect.width * rect.height).fill(255);
    return combine(selection, { rect, data }, 'add').changes; // no two places share a tile
  });
  document.commit('Mark what is lost', { selection: { changes } });
  const message = lostText(title, lost);
  if (message !== null) editor.notices.error({ code: 'input', message, hint: 'Save it under another name.' });
}

type Ask = (options: { signal: AbortSignal; onProgress: (sent: PartsSent) => void }) => Promise<ProjectRead>;

function readParts(
  editor: Editor,
  label: string,
  title: string,
  id: string,
  ask: Ask,
): Promise<{ document: OpenDocument; lost: Lost | null; stamp: FileStamp | null }> {
  return withActivity(editor, label, async ({ signal, onDone }: ShownWork) => {
    const parts = new Map<number, Uint8Array>();
    const { json, lost, stamp } = await ask({
      signal,
      onProgress(sent) {
        for (const part of sent.parts) parts.set(part.id, part.bytes);
        onDone(sent.done);
      },
    });
    const partOf = (number: number): Uint8Array => {
      const bytes = parts.get(number);
      if (!bytes) throw new TesseraError('input', `${title} lacks part ${number}.`, 'Open it again.');
      return bytes;
    };
    const { document, history, extras, ids } = projectToDocument(parseProject(json, title), partOf, title);
    const open = new OpenDocument(extras.name, document, extras.metadata, {
      id,
      history,
      partNumber: numberParts(ids),
    });
    if (extras.record !== undefined) open.record = extras.record;
    if (lost) tellLost(editor, open, title, lost);
    return { document: open, lost, stamp };
  });
}
