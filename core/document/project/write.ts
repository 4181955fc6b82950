import type { Part } from './parts.ts';
import type { Tile } from '../../raster/raster.ts';
import type { Change, Entry, History } from '../change.ts';
import type { Document, FrameTokens } from '../document.ts';
import type { ProjectExtras } from '../projectFile.ts';
import type { ChangeRecord, EntryRecord, Manifest } from './manifest.ts';
import { changedFrom, placedFrom } from './tileLists.ts';
import { listChange } from './tokenLists.ts';
import { tokensToBytes } from './tokenParts.ts';
import { PROJECT_FORMAT } from './versions.ts';

/** Gives parts their numbers, and remembers which were named. */
interface Numbering {
  readonly tile: (tile: Tile | null) => number;
  readonly tokens: (tokens: readonly FrameTokens[]) => number[];
  readonly metadata: (bytes: Uint8Array) => number;
}

export function writeManifest(
  document: Document,
  history: History,
  extras: ProjectExtras,
  idOf: (bytes: Uint8Array) => number,
): { manifest: Manifest; parts: ReadonlyMap<number, Part> } {
  const parts = new Map<number, Part>();
  const number = numbering(parts, idOf);
  const { exif, xmp } = extras.metadata;
  const manifest: Manifest = {
    format: PROJECT_FORMAT,
    app: extras.app,
    name: extras.name,
    canvas: document.canvas,
    picture: placedFrom(document.picture, number.tile),
    original: placedFrom(document.original, number.tile),
    selection: placedFrom(document.selection, number.tile),
    frame: document.frame,
    tokens: number.tokens(document.tokens),
    history: {
      position: history.position,
      entries: history.entries.map((entry) => entryRecord(entry, number)),
      branches: history.branches.map(({ entries, ...branch }) => ({
        ...branch,
        entries: entries.map((entry) => entryRecord(entry, number)),
      })),
      snapshots: history.snapshots,
    },
    metadata: {
      ...(exif && { exif: number.metadata(exif) }),
      ...(xmp && { xmp: number.metadata(xmp) }),
    },
    ...(extras.record !== undefined && { record: extras.record }),
  };
  return { manifest, parts };
}

function numbering(parts: Map<number, Part>, idOf: (bytes: Uint8Array) => number): Numbering {
  const name = (kind: Part['kind'], bytes: Uint8Array): number => {
    const id = idOf(bytes);
    if (!parts.has(id)) parts.set(id, { id, kind, bytes });
    return id;
  };
  return {
    tile: (tile) => (tile ? name('tile', tile) : 0),
    tokens: (list) => list.map((tokens) => name('tokens', tokensToBytes(tokens))),
    metadata: (bytes) => name('metadata', bytes),
  };
}

function entryRecord({ id, label, details, at, change }: Entry, number: Numbering): EntryRecord {
  return { id, label, details, at, change: changeRecord(change, number) };
}

function changeRecord(change: Change, number: Numbering): ChangeRecord {
  const { picture, original, selection, canvas, frame, tokens } = change;
  return {
    ...(picture && { picture: changedFrom(picture, number.tile) }),
    ...(original && { original: changedFrom(original, number.tile) }),
    ...(selection && { selection: changedFrom(selection, number.tile) }),
    ...(canvas && { canvas }),
    ...(frame && { frame }),
    ...(tokens && { tokens: listChange(number.tokens(tokens.before), number.tokens(tokens.after)) }),
  };
}
