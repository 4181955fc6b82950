import type { Branch } from '../../../core/document/change.ts';

export const PART = 50; // entries

/**
 * Cuts a history into parts, again and again as it changes. Parts that are the same as before are the same arrays, so
 * that what shows a part has nothing to do when a step is added.
 */
export function createParts<T>(): (entries: readonly T[]) => readonly (readonly T[])[] {
  let parts: readonly (readonly T[])[] = [];
  return (entries) => (parts = inParts(entries, parts));
}

/** What lies between two entries of a history is always the same: its ends tell whether a part is. */
function inParts<T>(entries: readonly T[], before: readonly (readonly T[])[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(entries.length / PART) }, (_, index) => {
    const start = index * PART;
    const end = Math.min(entries.length, start + PART);
    const known = before[index];
    const isSame =
      known?.length === end - start && known[0] === entries[start] && known.at(-1) === entries[end - 1];
    return isSame ? known : entries.slice(start, end);
  });
}

/** Branches by the id of the step that they begin at. */
export function byStep(branches: readonly Branch[]): ReadonlyMap<number, readonly Branch[]> {
  const found = new Map<number, Branch[]>();
  for (const branch of branches) found.set(branch.from, [...(found.get(branch.from) ?? []), branch]);
  return found;
}
