import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { RecentFile } from '../../../core/contract/mainApi.ts';

const MOST = 12;

const LONGEST_LOOK = 64 * 1024; // characters

const entrySchema = z.object({
  path: z.string().min(1),
  kind: z.enum(['picture', 'project', 'mask', 'tokens']),
  look: z.string().startsWith('data:image/').max(LONGEST_LOOK).optional().catch(undefined), // how it looked when it was last opened or saved
});

export const recentSchema = z.array(entrySchema).transform((entries) => entries.slice(0, MOST));

export type RecentEntry = z.infer<typeof entrySchema>;

/** `entries` with `entry` first and no longer anywhere else. */
export function remember(entries: readonly RecentEntry[], entry: RecentEntry): RecentEntry[] {
  return [entry, ...forget(entries, entry.path)].slice(0, MOST);
}

export function forget(entries: readonly RecentEntry[], file: string): RecentEntry[] {
  return entries.filter(({ path }) => path !== file);
}

/** How a list shows a recent file: folders under `home` begin with `~`. */
export function describe(entry: RecentEntry, home: string): RecentFile {
  return {
    id: recentId(entry.path),
    name: path.basename(entry.path),
    folder: homeless(path.dirname(entry.path), home),
    kind: entry.kind,
    look: entry.look ?? null,
  };
}

/** A folder as people write it: under `home` it begins with `~`. */
export function homeless(folder: string, home: string): string {
  const inHome = folder === home || folder.startsWith(home + path.sep);
  return inHome ? `~${folder.slice(home.length)}` : folder;
}

/** Names an entry without telling its path, and stays the same when the list changes. */
export function recentId(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 16);
}
