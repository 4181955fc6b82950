import type { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import { atomicWrite } from '../../io/files/atomicWrite.ts';
import { readBytes } from '../../io/files/readBytes.ts';

const LARGEST = 8 * 2 ** 20; // bytes; settings are far smaller

/** A small value that outlives the application, in a file that may be missing or broken. */
export interface JsonFile<T> {
  readonly value: T;
  /** Changes the value at once and the file soon; a disk that is full or read-only loses it silently. */
  set(value: T): void;
  /** Resolves when everything that was set is on the disk. */
  readonly written: () => Promise<void>;
}

/** Reads the file; what does not fit the schema counts as missing. */
export async function openJsonFile<T>(path: string, schema: z.ZodType<T>, missing: T): Promise<JsonFile<T>> {
  let value: T = await read<T>(path, schema, missing);
  let writing = Promise.resolve();
  let dirty = false;
  const write = async (): Promise<void> => {
    if (!dirty) return;
    dirty = false; // several changes in a row become one write
    const text = `${JSON.stringify(value, null, 2)}\n`;
    // Settings are a comfort: losing them must not stop anyone from working.
    await atomicWrite(path, new TextEncoder().encode(text)).catch(() => undefined);
  };
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      dirty = true;
      writing = writing.then(write);
    },
    written: () => writing,
  };
}

async function read<T>(path: string, schema: z.ZodType<T>, missing: T): Promise<T> {
  try {
    return schema.parse(parsePlainJson(new TextDecoder().decode(await readBytes(path, LARGEST))));
  } catch {
    return missing;
  }
}
