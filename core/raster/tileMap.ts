import type { Tile, TileKey } from './raster.ts';
import { blockOfTile } from './tileKey.ts';

type Block = Map<TileKey, Tile>;

/**
 * Tiles by their keys, in blocks that maps share. One that begins as another copies only the blocks in which it is then
 * changed: what an edit of a raster costs follows the edit, not the picture. Its maker changes a map until it is
 * a raster's; from then on it stays as it is.
 */
export class TileMap implements ReadonlyMap<TileKey, Tile> {
  private readonly blocks: Map<number, Block>;
  private readonly own = new Set<Block>(); // that no other map has
  private count = 0;

  constructor(from?: ReadonlyMap<TileKey, Tile>) {
    if (from instanceof TileMap) {
      from.own.clear();
      this.blocks = new Map(from.blocks);
      this.count = from.count;
      return;
    }
    this.blocks = new Map();
    if (from) for (const [key, tile] of from) this.set(key, tile);
  }

  get size(): number {
    return this.count;
  }

  get(key: TileKey): Tile | undefined {
    return this.blocks.get(blockOfTile(key))?.get(key);
  }

  has(key: TileKey): boolean {
    return this.get(key) !== undefined;
  }

  set(key: TileKey, tile: Tile): void {
    const block = this.ownBlock(blockOfTile(key));
    const before = block.size;
    block.set(key, tile);
    this.count += block.size - before;
  }

  delete(key: TileKey): void {
    if (!this.has(key)) return;
    const at = blockOfTile(key);
    const block = this.ownBlock(at);
    block.delete(key);
    this.count--;
    if (block.size === 0) this.blocks.delete(at);
  }

  /** The keys of tiles that are not the same here and there. Blocks that are shared are not looked into. */
  *differences(other: TileMap): Generator<TileKey> {
    for (const [at, block] of this.blocks) {
      const theirs = other.blocks.get(at);
      if (theirs === block) continue;
      for (const [key, tile] of block) if (theirs?.get(key) !== tile) yield key;
      if (theirs) for (const key of theirs.keys()) if (!block.has(key)) yield key;
    }
    for (const [at, block] of other.blocks) if (!this.blocks.has(at)) yield* block.keys();
  }

  *entries(): MapIterator<[TileKey, Tile]> {
    for (const block of this.blocks.values()) yield* block.entries();
  }

  *keys(): MapIterator<TileKey> {
    for (const block of this.blocks.values()) yield* block.keys();
  }

  *values(): MapIterator<Tile> {
    for (const block of this.blocks.values()) yield* block.values();
  }

  [Symbol.iterator](): MapIterator<[TileKey, Tile]> {
    return this.entries();
  }

  forEach(act: (tile: Tile, key: TileKey, map: ReadonlyMap<TileKey, Tile>) => void): void {
    for (const [key, tile] of this) act(tile, key, this);
  }

  private ownBlock(at: number): Block {
    const block = this.blocks.get(at);
    if (block && this.own.has(block)) return block;
    const copy: Block = new Map(block);
    this.own.add(copy);
    this.blocks.set(at, copy);
    return copy;
  }
}

/** The keys of tiles that are not the same in two maps; cost follows the blocks that they do not share. */
export function differingTiles(
  a: ReadonlyMap<TileKey, Tile>,
  b: ReadonlyMap<TileKey, Tile>,
): Iterable<TileKey> {
  if (a === b) return [];
  return asTileMap(a).differences(asTileMap(b));
}

/** Whether two maps hold the same tiles: what is the same is shared. */
export function sameTiles(a: ReadonlyMap<TileKey, Tile>, b: ReadonlyMap<TileKey, Tile>): boolean {
  if (a.size !== b.size) return false;
  for (const _ of differingTiles(a, b)) return false;
  return true;
}

function asTileMap(map: ReadonlyMap<TileKey, Tile>): TileMap {
  return map instanceof TileMap ? map : new TileMap(map);
}
