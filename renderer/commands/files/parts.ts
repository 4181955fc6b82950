import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import type { Document } from '../../../core/document/document.ts';
import { documentToProject, type ProjectSnapshot } from '../../../core/document/projectFile.ts';
import type { Missing } from '../../../core/contract/engineApi.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/** Most bytes that are copied at once: little enough not to be felt between two frames. */
const AT_ONCE = 2 ** 21;

/** How often the engine may lack something; each time it is less. */
const ATTEMPTS = 4;

/** What a document is now, ready for recovery or saving. */
export interface TakenSnapshot extends ProjectSnapshot {
  readonly document: Document;
}

/** How parts are given to the engine. */
export interface Giving {
  /** Waited for before each portion. */
  readonly pause: () => Promise<void>;
  readonly signal?: Abort;
  readonly onDone?: (done: number) => void; // 0 .. 1
}

/** Whether the engine has had all that a document was once: what is new since then is little. */
export function wasGiven(document: OpenDocument): boolean {
  return document.recovery.given || document.project !== null;
}

export function takeSnapshot(editor: Editor, document: OpenDocument): TakenSnapshot {
  const { current, history, name, metadata, record } = document;
  const app = `Tessera ${editor.appInfo?.version ?? ''}`.trim();
  const extras = { app, name, metadata, ...(record !== undefined && { record }) };
  return { document: current, ...documentToProject(current, history, extras, document.partNumber) };
}

/**
 * Asks the engine to keep or save a snapshot, and gives it the parts that it lacks: few after a stroke, all of them
 * where the document is new to it.
 */
export async function withParts<Answer extends Missing>(
  editor: Editor,
  document: OpenDocument,
  { parts }: ProjectSnapshot,
  ask: () => Promise<Answer>,
  giving: Giving,
): Promise<Answer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    throwIfAborted(giving.signal);
    const answer = await ask();
    const { missing } = answer;
    if (missing.length === 0) return answer;
    const lacking = missing.map((id) => parts.get(id)!);
    await giveParts(editor, document, lacking, giving);
  }
  throw new TesseraError('internal', 'The engine does not keep what it is given.', 'Try again.');
}

/** Gives the engine parts of a document, little by little. */
export async function giveParts(
  editor: Editor,
  document: OpenDocument,
  parts: Iterable<Part>,
  { pause, signal, onDone }: Giving,
): Promise<void> {
  const all = [...parts];
  let done = 0;
  for (const portion of portions(all)) {
    await pause();
    throwIfAborted(signal);
    const params = { document: document.id, parts: portion.map(ownBytes) };
    await editor.engine.call('recovery.add', params);
    done += portion.length;
    onDone?.(done / all.length);
  }
}

function* portions(parts: readonly Part[]): Generator<Part[]> {
  let portion: Part[] = [];
  let bytes = 0;
  for (const part of parts) {
    if (portion.length > 0 && bytes + part.bytes.length > AT_ONCE) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(part);
    bytes += part.bytes.length;
  }
  if (portion.length > 0) yield portion;
}

/** Only what is named is copied: a port takes all of the buffer of which an array shows a part. */
function ownBytes(part: Part): Part {
  const { bytes } = part;
  return bytes.length === bytes.buffer.byteLength ? part : { ...part, bytes: bytes.slice() };
}
