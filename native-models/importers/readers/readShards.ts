import path from 'node:path';
import { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import { broken, ByteFile, shown } from './byteFile.ts';
import type { Contents, Listed, Placed } from './fileCheckpoint.ts';

const LARGEST_INDEX = 16 * 2 ** 20; // bytes
const MOST_SHARDS = 1000;
const SHARD = /^[A-Za-z0-9][\w.-]*\.(safetensors|bin|pth|pt)$/;
const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/** Whether a file of this name is the index of a model in several files. */
export function isIndex(name: string): boolean {
  return /\.index(\.\w+)?\.json$/.test(name);
}

/**
 * A model in several files beside an index of JSON, whose `weight_map` says which tensor lies where.
 *
 * @param opened takes each file that is opened, to be closed with the rest
 * @throws TesseraError 'input' if the index is broken, or a file of it is missing or does not hold what it says
 */
export async function readShards(
  index: ByteFile,
  read: (file: ByteFile) => Promise<Contents>,
  opened: ByteFile[],
): Promise<Contents> {
  const map = await readIndex(index);
  const tensors = new Map<string, Placed | Listed>();
  const extras = new Map<string, unknown>();
  for (const name of shardsIn(map, index.path)) {
    const file = await ByteFile.open(path.join(path.dirname(index.path), name));
    opened.push(file);
    const shard = await read(file);
    for (const [key, value] of shard.extras) extras.set(key, value);
    for (const [key, tensor] of shard.tensors) {
      if (map.get(key) !== name)
        throw broken(index.path, `it says something else of ${shown(key)} than its files`);
      tensors.set(key, tensor);
    }
  }
  const missing = [...map.keys()].find((key) => !tensors.has(key));
  if (missing !== undefined) throw broken(index.path, `none of its files holds ${shown(missing)}`);
  return { tensors, extras, objects: new Map() };
}

/** The names of the files that an index lists. @throws TesseraError 'input' if it is broken */
export async function shardsOf(index: string): Promise<readonly string[]> {
  const file = await ByteFile.open(index);
  try {
    return shardsIn(await readIndex(file), index);
  } finally {
    await file.close();
  }
}

function shardsIn(map: ReadonlyMap<string, string>, index: string): readonly string[] {
  const names = [...new Set(map.values())];
  if (names.length > MOST_SHARDS) throw broken(index, 'it lists too many files');
  for (const name of names) {
    if (!SHARD.test(name)) throw broken(index, `it lists ${shown(name)}, which is no file beside it`);
  }
  return names;
}

async function readIndex(file: ByteFile): Promise<Map<string, string>> {
  if (file.size > LARGEST_INDEX) throw broken(file.path, 'its index is far too large');
  const text = new TextDecoder().decode(await file.read(0, file.size));
  let value: unknown;
  try {
    value = parsePlainJson(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw broken(file.path, 'its index is damaged');
    throw cause;
  }
  const index = indexSchema.safeParse(value);
  if (!index.success) throw broken(file.path, 'it is not an index of weights');
  return new Map(Object.entries(index.data.weight_map));
}
