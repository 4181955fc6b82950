import { open, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeFailure } from '../files/atomicWrite.ts';
import { readAt } from '../files/readAt.ts';
import { type CodedPart, ENTRY_NAME } from '../projects/entries.ts';

/** Where the bytes of a part lie. */
export interface Place {
  readonly pack: string; // name of the file
  readonly offset: number;
  readonly length: number;
}

const tableSchema = z.array(z.tuple([z.string().regex(ENTRY_NAME), z.int().min(0)]));

const PREFIX = 4; // bytes: the length of the table

/**
 * Writes parts into one file: a table of names and lengths as JSON, preceded by its length, and the bytes one after the
 * other. After a crash it is there wholly or not at all, or was not synced.
 *
 * @returns where each part lies, by its name
 */
export async function writePack(
  path: string,
  pack: string,
  parts: readonly CodedPart[],
): Promise<Map<string, Place>> {
  const table = Buffer.from(JSON.stringify(parts.map(({ name, bytes }) => [name, bytes.length])));
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32LE(table.length);
  const aside = `${path}.part`;
  try {
    const file = await open(aside, 'w');
    try {
      for (const piece of [prefix, table, ...parts.map(({ bytes }) => bytes)]) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw writeFailure(path, error);
  }
  return placesFrom(
    pack,
    parts.map(({ name, bytes }) => [name, bytes.length]),
    PREFIX + table.length,
  );
}

/** Where the parts of a pack lie, by their names; none where it is damaged, as after a loss of power. */
export async function readPack(path: string, pack: string): Promise<Map<string, Place>> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Buffer.from(await readAt(file, 0, PREFIX)).readUInt32LE();
    if (PREFIX + length > size) return new Map();
    const table = tableSchema.parse(JSON.parse(Buffer.from(await readAt(file, PREFIX, length)).toString()));
    const places = placesFrom(pack, table, PREFIX + length);
    const last = [...places.values()].at(-1);
    return last && last.offset + last.length > size ? new Map() : places;
  } catch (error) {
    if (isDamage(error)) return new Map();
    throw error;
  } finally {
    await file.close();
  }
}

function placesFrom(pack: string, table: readonly [string, number][], begin: number): Map<string, Place> {
  const places = new Map<string, Place>();
  let offset = begin;
  for (const [name, length] of table) {
    places.set(name, { pack, offset, length });
    offset += length;
  }
  return places;
}

function isDamage(error: unknown): boolean {
  return error instanceof RangeError || error instanceof SyntaxError || error instanceof z.ZodError;
}
