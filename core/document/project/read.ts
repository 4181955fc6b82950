import type { Frame } from '../../frames/frame.ts';
import type { Channels, Raster, Tile } from '../../raster/raster.ts';
import { settleTile } from '../../raster/tile.ts';
import type { Change, Entry, History } from '../change.ts';
import type { Document, FrameTokens } from '../document.ts';
import { createHistory } from '../history.ts';
import type { ChangeRecord, EntryRecord, Manifest } from './manifest.ts';
import { changedTo, placedTo } from './tileLists.ts';
import { type TokenLists, tokenLists } from './tokenLists.ts';
import { bytesToTokens } from './tokenParts.ts';

/** The parts of a project by number, each the same object however often it is asked for. */
export interface PartsOfProject {
  /** The numbers of those that were asked for, by what they became. */
  readonly ids: ReadonlyMap<Uint8Array, number>;
  bytes(id: number): Uint8Array;
  tile(channels: Channels): (id: number) => Tile | null;
  /** One object for the same frame, as in a document that was never away. */
  readonly frameOf: (frame: Frame | null) => Frame | null;
  /** One list for the same numbers: whether tokens changed is seen by their list. */
  tokens(ids: readonly number[]): readonly FrameTokens[];
}

export function readDocument(
  manifest: Manifest,
  parts: PartsOfProject,
): { document: Document; history: History } {
  const raster = (list: readonly number[], channels: Channels): Raster => ({
    rect: manifest.canvas,
    channels,
    tiles: placedTo(list, parts.tile(channels)),
  });
  const document: Document = {
    canvas: manifest.canvas,
    picture: raster(manifest.picture, 4),
    original: raster(manifest.original, 4),
    selection: raster(manifest.selection, 1),
    frame: parts.frameOf(manifest.frame),
    tokens: parts.tokens(manifest.tokens),
  };
  return { document, history: readHistory(manifest, parts) };
}

function readHistory(manifest: Manifest, parts: PartsOfProject): History {
  const lists = tokenLists(manifest) as ReadonlyMap<EntryRecord, TokenLists>; // parseProject has checked it
  const { position, entries, branches, snapshots } = manifest.history;
  const read = (record: EntryRecord): Entry => {
    const { id, label, details, at, change } = record;
    return { id, label, details, at, change: readChange(change, lists.get(record), parts) };
  };
  return {
    ...createHistory(),
    position,
    entries: entries.map(read),
    branches: branches.map((branch) => ({ ...branch, entries: branch.entries.map(read) })),
    snapshots,
  };
}

function readChange(record: ChangeRecord, lists: TokenLists | undefined, parts: PartsOfProject): Change {
  const { picture, original, selection, canvas, frame } = record;
  const { frameOf } = parts;
  return {
    ...(picture && { picture: changedTo(picture, parts.tile(4)) }),
    ...(original && { original: changedTo(original, parts.tile(4)) }),
    ...(selection && { selection: changedTo(selection, parts.tile(1)) }),
    ...(canvas && { canvas }),
    ...(frame && { frame: { before: frameOf(frame.before), after: frameOf(frame.after) } }),
    ...(lists && { tokens: { before: parts.tokens(lists.before), after: parts.tokens(lists.after) } }),
  };
}

/**
 * @param partOf the unpacked bytes of a part
 * @param source what to call the project in messages
 */
export function partsOfProject(partOf: (id: number) => Uint8Array, source: string): PartsOfProject {
  const tiles = new Map<number, Tile | null>([[0, null]]);
  const tokens = new Map<number, FrameTokens>();
  const frames = new Map<string, Frame | null>();
  const lists = new Map<string, readonly FrameTokens[]>();
  const ids = new Map<Uint8Array, number>();
  const bytesOf = (id: number): Uint8Array => {
    const bytes = partOf(id);
    ids.set(bytes, id);
    return bytes;
  };
  const tileOf = (id: number, channels: Channels): Tile | null => {
    let tile = tiles.get(id);
    if (tile === undefined) {
      tiles.set(id, (tile = settleTile(partOf(id), channels)));
      if (tile) ids.set(tile, id);
    }
    return tile;
  };
  const tokensOf = (id: number): FrameTokens => {
    let found = tokens.get(id);
    if (!found) tokens.set(id, (found = bytesToTokens(bytesOf(id), `Token file ${id} of ${source}`)));
    return found;
  };
  return {
    ids,
    bytes: bytesOf,
    frameOf(frame) {
      const key = JSON.stringify(frame);
      const known = frames.get(key) ?? frame;
      frames.set(key, known);
      return known;
    },
    tile: (channels) => (id) => tileOf(id, channels),
    tokens(list) {
      const key = list.join();
      const known = lists.get(key) ?? list.map(tokensOf);
      lists.set(key, known);
      return known;
    },
  };
}
