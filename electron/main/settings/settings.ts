import path from 'node:path';
import { z } from 'zod';
import { type RecentEntry, recentSchema } from '../files/recent.ts';
import { type WindowState, windowStateSchema } from '../window/bounds.ts';
import { type JsonFile, openJsonFile } from './jsonFile.ts';

/** What Tessera remembers from one start to the next. */
export interface Settings {
  readonly window: JsonFile<WindowState | null>;
  readonly recent: JsonFile<RecentEntry[]>;
  readonly preferences: JsonFile<Record<string, unknown>>; // the window's own, unread here
  /** Resolves when all of it is on the disk. */
  readonly written: () => Promise<void>;
}

/** Opens the settings in `folder`; each file may be missing or broken. */
export async function openSettings(folder: string): Promise<Settings> {
  const file = (name: string): string => path.join(folder, name);
  const window = await openJsonFile(file('window.json'), windowStateSchema.nullable(), null);
  const recent = await openJsonFile<RecentEntry[]>(file('recent.json'), recentSchema, []);
  const preferences = await openJsonFile(file('preferences.json'), z.record(z.string(), z.unknown()), {});
  const files = [window, recent, preferences];
  return {
    window,
    recent,
    preferences,
    written: async () => {
      await Promise.all(files.map((each) => each.written()));
    },
  };
}
