import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Remade, remadeSchema, tilesOf } from '../../../core/document/project/remade.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const NOTE = 'remade.json';

const noteSchema = z.array(remadeSchema);

/** What a folder says of how its document was drawn anew, the earliest first; nothing where that cannot be read. */
export async function readRemade(folder: string): Promise<readonly Remade[]> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(join(folder, NOTE), 'utf8')));
  } catch {
    return [];
  }
}

export async function noteRemade(folder: string, list: readonly Remade[]): Promise<void> {
  if (list.length === 0) await rm(join(folder, NOTE), { force: true });
  else await atomicWrite(join(folder, NOTE), Buffer.from(JSON.stringify(list)));
}

/** Tiles that need not be kept. */
export interface Redrawable {
  readonly tiles: ReadonlySet<number>; // of those that are wanted
  readonly sources: ReadonlySet<number>; // what has to be kept for that
  readonly used: readonly Remade[]; // the earliest first
}

/**
 * Which tiles can be drawn again.
 * @param wanted tiles that are named and not there
 * @param isThere whether a tile can be read
 */
export function redrawable(
  list: readonly Remade[],
  wanted: ReadonlySet<number>,
  isThere: (id: number) => boolean,
): Redrawable {
  const drawn = new Set<number>();
  const possible = list.filter(({ before, after }) => {
    // What is wanted and nobody can draw will be given.
    const canBegin = [...tilesOf(before)].every((id) => isThere(id) || drawn.has(id) || wanted.has(id));
    if (canBegin) for (const id of tilesOf(after)) if (!isThere(id)) drawn.add(id);
    return canBegin;
  });
  const tiles = new Set([...wanted].filter((id) => drawn.has(id)));
  const sources = new Set<number>();
  const used: Remade[] = [];
  for (const one of possible.reverse()) {
    if (![...tilesOf(one.after)].some((id) => tiles.has(id) || (sources.has(id) && !isThere(id)))) continue;
    used.unshift(one);
    for (const id of tilesOf(one.before)) sources.add(id);
  }
  return { tiles, sources, used };
}
