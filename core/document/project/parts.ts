import { TILE } from '../../raster/raster.ts';
import { allEntries } from '../branches.ts';
import type { Manifest } from './manifest.ts';
import { namedByChanged, namedByPlaced } from './tileLists.ts';

/** What a numbered part of a project is, as the manifest uses it. */
export type PartUse =
  | { readonly kind: 'tile'; readonly bytes: number } // how many, unpacked
  | { readonly kind: 'tokens' }
  | { readonly kind: 'metadata' };

export type PartUses = ReadonlyMap<number, PartUse>;

const PICTURE_TILE: PartUse = { kind: 'tile', bytes: TILE * TILE * 4 };
const SELECTION_TILE: PartUse = { kind: 'tile', bytes: TILE * TILE };
const TOKENS: PartUse = { kind: 'tokens' };
const METADATA: PartUse = { kind: 'metadata' };

/** Every part that a manifest names, or the number of one that it uses as two different things. */
export function findParts(manifest: Manifest): PartUses | number {
  const uses = new Map<number, PartUse>();
  for (const [ids, use] of namesIn(manifest)) {
    for (const id of ids) {
      const known = uses.get(id);
      if (known !== undefined && known !== use) return id;
      if (known === undefined) uses.set(id, use);
    }
  }
  return uses;
}

function* namesIn(manifest: Manifest): Generator<[Iterable<number>, PartUse]> {
  const { picture, original, selection, tokens, metadata, history } = manifest;
  yield [namedByPlaced(picture), PICTURE_TILE];
  yield [namedByPlaced(original), PICTURE_TILE];
  yield [namedByPlaced(selection), SELECTION_TILE];
  yield [tokens, TOKENS];
  yield [[metadata.exif, metadata.xmp].filter((id) => id !== undefined), METADATA];
  for (const { change } of allEntries(history)) {
    yield [namedByChanged(change.picture ?? []), PICTURE_TILE];
    yield [namedByChanged(change.original ?? []), PICTURE_TILE];
    yield [namedByChanged(change.selection ?? []), SELECTION_TILE];
    yield [change.tokens?.before ?? [], TOKENS];
    yield [change.tokens?.after ?? [], TOKENS];
  }
}

/**
 * A piece of a document on its way to or from disk: a tile, or the bytes of a token file or of metadata. It never
 * changes, so it travels once; the manifest (core/document/projectFile.ts) names it by `id`, which the window counts up
 * per document.
 */
export interface Part {
  readonly id: number;
  readonly kind: 'tile' | 'tokens' | 'metadata';
  readonly bytes: Uint8Array;
}
