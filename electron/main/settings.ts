import path from 'node:path';
import { z } from 'zod';
import { parsePlainJson } from '../../core/base/json.ts';
import { atomicWrite } from '../io/files/atomicWrite.ts';
import { readBytes } from '../io/files/readBytes.ts';
import { type RecentEntry, recentSchema } from './files/recent.ts';
import { type ServerEntry, serversSchema } from './servers/servers.ts';
import { type WindowState, windowStateSchema } from './window/bounds.ts';

/** What Tessera remembers from one start to the next. */
export interface Settings {
  readonly window: JsonFile<WindowState | null>;
  readonly recent: JsonFile<RecentEntry[]>;
  readonly session: JsonFile<string[]>; // paths of the files that were open
  readonly preferences: JsonFile<Record<string, unknown>>; // the window's own, unread here
  readonly servers: JsonFile<ServerEntry[]>;
  /** Resolves when all of it is on the disk. */
  readonly written: () => Promise<void>;
}

/** Opens the settings in `folder`; each file may be missing or broken. */
export async function openSettings(folder: string): Promise<Settings> {
  const file = (name: string): string => path.join(folder, name);
  const window = await openJsonFile(file('window.json'), windowStateSchema.nullable(), null);
  const recent = await openJsonFile<RecentEntry[]>(file('recent.json'), recentSchema, []);
  const session = await openJsonFile<string[]>(file('session.json'), z.array(z.string().min(1)), []);
  const preferences = await openJsonFile(file('preferences.json'), z.record(z.string(), z.unknown()), {});
  const servers = await openJsonFile<ServerEntry[]>(file('servers.json'), serversSchema, []);
  const files = [window, recent, session, preferences, servers];
  return {
    window,
    recent,
    session,
    preferences,
    servers,
    written: async () => {
      await Promise.all(files.map((each) => each.written()));
    },
  };
}

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
