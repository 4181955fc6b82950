import { z } from 'zod';
import type { Abort } from '../../base/abort.ts';
import { sameRect } from '../../base/geometry.ts';
import { fromTiles } from '../../raster/make.ts';
import { type Channels, type Raster, type Tile, TILE } from '../../raster/raster.ts';
import { tileKey } from '../../raster/tileKey.ts';
import { applyChange } from '../applyChange.ts';
import type { Document } from '../document.ts';
import { type Recipe, recipeSchema, remakingOf, selectsUncovered } from '../remake/recipe.ts';
import { remakeDocument } from '../remake/remakeDocument.ts';
import { canvasSchema, type Manifest } from './manifest.ts';
import type { PartUse } from './parts.ts';
import { placedFrom, placedTiles, placedTilesIn } from './tileLists.ts';

/** The tiles of a document by the numbers of their parts. */
export type Layers = Pick<Manifest, 'canvas' | 'picture' | 'original' | 'selection'>;

/** What became of what: all tiles of a document that was drawn anew can be drawn again. */
export interface Remade {
  readonly recipe: Recipe;
  readonly before: Layers;
  readonly after: Layers;
}

const layers = z.object(
  { canvas: canvasSchema, picture: placedTiles, original: placedTiles, selection: placedTiles },
  'the tiles of a document',
);

export const remadeSchema: z.ZodType<Remade> = z.object(
  { recipe: recipeSchema, before: layers, after: layers },
  'an object',
);

/** @param idOf the number of a part */
export function layersOf(document: Document, idOf: (tile: Uint8Array) => number): Layers {
  const number = (tile: Tile | null): number => (tile ? idOf(tile) : 0);
  const { canvas, picture, original, selection } = document;
  return {
    canvas,
    picture: placedFrom(picture, number),
    original: placedFrom(original, number),
    selection: placedFrom(selection, number),
  };
}

const NAMES = ['picture', 'original', 'selection'] as const;

/** The numbers of all tiles. */
export function tilesOf(of: Layers): Set<number> {
  return new Set(NAMES.flatMap((name) => placedTilesIn(of[name]).map(({ id }) => id)));
}

/** The parts that drawing again begins with. */
export function sourcesOf({ before }: Remade): (PartUse & { readonly kind: 'tile'; readonly id: number })[] {
  const uses = new Map<number, PartUse & { readonly kind: 'tile'; readonly id: number }>();
  for (const name of NAMES) {
    const bytes = TILE * TILE * (name === 'selection' ? 1 : 4);
    for (const { id } of placedTilesIn(before[name])) uses.set(id, { id, kind: 'tile', bytes });
  }
  return [...uses.values()];
}

/**
 * The tiles that a recipe made, drawn once more, by the numbers that they had.
 * @param tileOf a tile of what was before
 */
export async function drawAgain(
  { recipe, before, after }: Remade,
  tileOf: (id: number) => Tile,
  signal?: Abort,
): Promise<Map<number, Tile>> {
  const { canvas } = before;
  const raster = (list: readonly number[], channels: Channels): Raster =>
    fromTiles(
      canvas,
      channels,
      placedTilesIn(list).map(({ column, row, id }) => ({ key: tileKey(column, row), tile: tileOf(id) })),
    );
  const document: Document = {
    canvas,
    picture: raster(before.picture, 4),
    original: raster(before.original, 4),
    selection: raster(before.selection, 1),
    frame: null,
    tokens: [],
  };
  const remaking = remakingOf(canvas, recipe);
  const made = new Map<number, Tile>();
  if (!sameRect(remaking.rect, after.canvas)) return made;
  const control = signal ? { signal } : {};
  const options = { selectUncovered: selectsUncovered(recipe) };
  const drawn = applyChange(document, await remakeDocument(document, remaking, control, options));
  for (const name of NAMES) {
    for (const { column, row, id } of placedTilesIn(after[name])) {
      const tile = drawn[name].tiles.get(tileKey(column, row));
      if (tile) made.set(id, tile);
    }
  }
  return made;
}
