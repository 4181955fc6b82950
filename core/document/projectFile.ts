import type { Part } from './project/parts.ts';
import { type FillRecord, fillRecordSchema } from '../fill/record.ts';
import type { History } from './change.ts';
import type { Document } from './document.ts';
import type { Project } from './project/parse.ts';
import { partsOfProject, readDocument } from './project/read.ts';
import { writeManifest } from './project/write.ts';

export { parseProject, type Project } from './project/parse.ts';
export { type Lost, lostText, salvage } from './project/salvage.ts';
export type { PartUse } from './project/parts.ts';
export { PROJECT_FORMAT } from './project/versions.ts';

/** What belongs to a document besides what is undoable. */
export interface ProjectExtras {
  readonly app: string; // what wrote it: "Tessera 0.1.0"
  readonly name: string;
  readonly metadata: { readonly exif?: Uint8Array; readonly xmp?: Uint8Array }; // of the picture that was opened
  readonly record?: FillRecord; // of the newest accepted fill
}

/** A document on its way to disk. */
export interface ProjectSnapshot {
  readonly json: string; // the manifest
  readonly parts: ReadonlyMap<number, Part>; // all that it names, by number
}

/**
 * Puts a document with its history into the form in which it is kept; see project/README.md. Tiles are named, not read.
 *
 * @param idOf the number of a part, from 1; the same for the same array, for the life of the document
 */
export function documentToProject(
  document: Document,
  history: History,
  extras: ProjectExtras,
  idOf: (bytes: Uint8Array) => number,
): ProjectSnapshot {
  const { manifest, parts } = writeManifest(document, history, extras, idOf);
  return { json: JSON.stringify(manifest), parts };
}

/** A document as it came from disk. */
export interface ProjectDocument {
  readonly document: Document;
  readonly history: History;
  readonly extras: ProjectExtras;
  /** The numbers of its parts, for {@link numberParts}. */
  readonly ids: ReadonlyMap<Uint8Array, number>;
}

/**
 * The document that a project holds. What was one tile before is one tile again, so undo costs what it did.
 *
 * @param partOf the unpacked bytes of a part, of the length that the manifest asks for; kept, not copied
 * @param source what to call the project in messages
 * @throws TesseraError 'input' where a token file is broken
 */
export function projectToDocument(
  { manifest }: Project,
  partOf: (id: number) => Uint8Array,
  source: string,
): ProjectDocument {
  const parts = partsOfProject(partOf, source);
  const { app, name, metadata } = manifest;
  const record = fillRecordSchema.safeParse(manifest.record).data; // one of another shape is not worth a refusal
  const { exif, xmp } = metadata;
  const extras: ProjectExtras = {
    app,
    name,
    metadata: {
      ...(exif !== undefined && { exif: parts.bytes(exif) }),
      ...(xmp !== undefined && { xmp: parts.bytes(xmp) }),
    },
    ...(record !== undefined && { record }),
  };
  return { ...readDocument(manifest, parts), extras, ids: parts.ids };
}

/** Numbers parts as they are met, from 1; those that came from disk keep the numbers they have there. */
export function numberParts(
  known: ReadonlyMap<Uint8Array, number> = new Map(),
): (bytes: Uint8Array) => number {
  const ids = new WeakMap(known); // the tiles of a forgotten step go
  let last = 0;
  for (const id of known.values()) last = Math.max(last, id);
  return (bytes) => {
    let id = ids.get(bytes);
    if (id === undefined) ids.set(bytes, (id = ++last));
    return id;
  };
}
