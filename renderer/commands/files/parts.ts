import type { ParamsOf, Part } from '../../../core/ipc/engineApi.ts';
import { documentToProject, type ProjectSnapshot } from '../../../core/document/projectFile.ts';
import type { Document } from '../../../core/document/document.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

const BATCH = 8 * 2 ** 20; // bytes of parts in one message: few enough that a stroke does not wait for them

/** What a document is now, ready to be kept or saved. */
export interface TakenSnapshot extends ProjectSnapshot {
  readonly document: Document;
}

export function takeSnapshot(editor: Editor, document: OpenDocument): TakenSnapshot {
  const { current, history, name, metadata, record } = document;
  const app = `Tessera ${editor.facts?.version ?? ''}`.trim();
  const extras = { app, name, metadata, ...(record !== undefined && { record }) };
  return { document: current, ...documentToProject(current, history, extras, document.partNumber) };
}

/**
 * Asks the engine to keep or save a snapshot, and gives it the parts that it lacks: few after a stroke, all of them
 * where it is new or was started again.
 */
export async function withParts(
  editor: Editor,
  document: OpenDocument,
  { parts }: ProjectSnapshot,
  ask: () => Promise<{ readonly missing: readonly number[] }>,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    const { missing } = await ask();
    if (missing.length === 0) return;
    for (const batch of batches(missing.map((id) => parts.get(id)!))) {
      const params: ParamsOf<'recovery.add'> = { document: document.id, parts: batch };
      await editor.engine.call('recovery.add', params, signal && { signal });
    }
  }
}

function* batches(parts: readonly Part[]): Generator<Part[]> {
  let batch: Part[] = [];
  let bytes = 0;
  for (const part of parts) {
    if (batch.length > 0 && bytes + part.bytes.length > BATCH) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(part);
    bytes += part.bytes.length;
  }
  if (batch.length > 0) yield batch;
}
