import path from 'node:path';
import { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import type { Checkpoint } from '../tensor.ts';
import { broken, ByteFile, shown } from './byteFile.ts';
import { fileCheckpoint, type Placed } from './fileCheckpoint.ts';
import { readSafetensors } from './openSafetensors.ts';

const LARGEST_INDEX = 16 * 2 ** 20; // bytes
const MOST_SHARDS = 1000;
const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/**
 * A model in several safetensors files beside an index of JSON, whose `weight_map` says which tensor lies where.
 *
 * @throws TesseraError 'input' if the index is broken, or a file of it is missing or does not hold what it says
 */
export async function openShards(index: ByteFile): Promise<Checkpoint> {
  const map = await readIndex(index);
  const names = [...new Set(map.values())];
  if (names.length > MOST_SHARDS) throw broken(index.path, 'it lists too many files');
  const files: ByteFile[] = [index];
  try {
    const placed = new Map<string, Placed>();
    const extras = new Map<string, unknown>();
    for (const name of names) {
      if (!/^[A-Za-z0-9][\w.-]*\.safetensors$/.test(name))
        throw broken(index.path, `it lists ${shown(name)}, which is no file beside it`);
      const file = await ByteFile.open(path.join(path.dirname(index.path), name));
      files.push(file);
      const shard = await readSafetensors(file);
      for (const [key, value] of shard.extras) extras.set(key, value);
      for (const [key, tensor] of shard.placed) {
        if (map.get(key) !== name)
          throw broken(index.path, `it says something else of ${shown(key)} than its files`);
        placed.set(key, tensor);
      }
    }
    const missing = [...map.keys()].find((key) => !placed.has(key));
    if (missing !== undefined) throw broken(index.path, `none of its files holds ${shown(missing)}`);
    return fileCheckpoint(files, placed, extras);
  } catch (error) {
    for (const file of files.slice(1)) await file.close(); // the index is closed by what opened it
    throw error;
  }
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
