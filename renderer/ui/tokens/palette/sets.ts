import type { CodeSet } from '../../../state/tokens/tokenTools.svelte.ts';

type Sets = readonly CodeSet[];
type Named = Pick<CodeSet, 'name' | 'package'>;

const same = (a: Named, b: Named): boolean => a.name === b.name && a.package === b.package;

/** With a set added; one of the same name and package is replaced. */
export function withSet(sets: Sets, set: CodeSet): Sets {
  return [...withoutSet(sets, set), set].sort((a, b) => a.name.localeCompare(b.name));
}

export function withoutSet(sets: Sets, gone: Named): Sets {
  return sets.filter((set) => !same(set, gone));
}

/** With a set under another name; one that had this name is replaced. */
export function renamedSet(sets: Sets, named: Named, name: string): Sets {
  const set = sets.find((other) => same(other, named));
  return set === undefined ? sets : withSet(withoutSet(sets, set), { ...set, name });
}

/** A name as it is stored; null where none was typed. */
export function setName(typed: string): string | null {
  const name = typed.trim().replaceAll(/\s+/g, ' ');
  return name === '' ? null : name;
}
