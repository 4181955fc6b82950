import { TesseraError } from '../base/errors.ts';
import type { Branch, Entry, History, ShelvedCandidate, Snapshot } from './change.ts';

const MOST = 32; // branches of each kind that nobody asked to keep; the oldest go first

/** What a history says of its steps; those that a step belongs to are named by its id, 0 being the beginning. */
export interface Steps<E extends { readonly id: number } = Entry> {
  readonly entries: readonly E[];
  readonly branches: readonly {
    readonly from: number;
    readonly entries: readonly E[];
    readonly candidate?: ShelvedCandidate;
  }[];
  readonly snapshots: readonly Snapshot[];
}

/** Every step, also of the branches. */
export function allEntries<E extends { readonly id: number }>({
  entries,
  branches,
}: Pick<Steps<E>, 'entries' | 'branches'>): E[] {
  return [...entries, ...branches.flatMap((branch) => branch.entries)];
}

/** How many steps of the line that is followed lead to a step; null where it lies in a branch. */
export function positionOf({ entries }: Pick<History, 'entries'>, step: number): number | null {
  if (step === 0) return 0;
  const index = entries.findIndex(({ id }) => id === step);
  return index < 0 ? null : index + 1;
}

/** The id of the step that led to a position. */
export function stepAt(
  { entries }: Pick<Steps<{ readonly id: number }>, 'entries'>,
  position: number,
): number {
  return position === 0 ? 0 : entries[position - 1]!.id;
}

/** The history with its undone steps set aside, so that others can take their place. */
export function setAside(history: History): History {
  const { entries, position } = history;
  const undone = entries.slice(position);
  if (undone.length === 0) return history;
  const aside: Branch = { from: stepAt(history, position), entries: undone };
  return withBranch({ ...history, entries: entries.slice(0, position) }, aside);
}

/** The history with a candidate that was not accepted, beside what follows now. */
export function shelve(history: History, entry: Omit<Entry, 'id'>, candidate: ShelvedCandidate): History {
  const step = { ...entry, id: lastId(history) + 1 };
  return withBranch(history, { from: stepAt(history, history.position), entries: [step], candidate });
}

/** The largest id that a step has. */
export function lastId({ entries, branches }: History): number {
  const ends = branches.map((branch) => branch.entries.at(-1)!.id);
  return Math.max(entries.at(-1)?.id ?? 0, ...ends);
}

function withBranch(history: History, branch: Branch): History {
  const branches = [...history.branches, branch];
  const isLike = (other: Branch): boolean =>
    other.candidate?.kept !== true && (other.candidate === undefined) === (branch.candidate === undefined);
  const oldest = branches.filter(isLike).slice(0, -MOST);
  return pruned({ ...history, branches: branches.filter((other) => !oldest.includes(other)) });
}

/**
 * The history with a branch as the line that is followed, and what followed instead as a branch. No step beyond the fork may
 * be done. Throws 'internal' where one is, or where the fork lies in another branch.
 */
export function followBranch(history: History, branch: Branch): History {
  const fork = positionOf(history, branch.from);
  if (fork === null || history.position > fork) {
    throw new TesseraError('internal', `Step ${branch.from} is not where the history stands.`);
  }
  const { entries, branches } = history;
  const rest = entries.slice(fork);
  const others = branches.filter((other) => other !== branch);
  return {
    ...history,
    entries: [...entries.slice(0, fork), ...branch.entries],
    branches: rest.length === 0 ? others : [...others, { from: branch.from, entries: rest }],
  };
}

/** The branches that lead to a step, in the order in which they are followed. Throws 'internal' where none does. */
export function branchesTo(history: History, step: number): readonly Branch[] {
  if (positionOf(history, step) !== null) return [];
  const last = history.branches.find(({ entries }) => entries.some(({ id }) => id === step));
  if (!last) throw new TesseraError('internal', `The history has no step ${step}.`);
  return [...branchesTo(history, last.from), last];
}

/** The history without a branch, and without what hangs on it. */
export function withoutBranch(history: History, branch: Branch): History {
  return pruned({ ...history, branches: history.branches.filter((other) => other !== branch) });
}

/** Gives what the history stands at a name; one of the same name is replaced. */
export function withSnapshot(history: History, name: string, at: number): History {
  const others = history.snapshots.filter((other) => other.name !== name);
  return { ...history, snapshots: [...others, { name, step: stepAt(history, history.position), at }] };
}

export function withoutSnapshot(history: History, snapshot: Snapshot): History {
  return { ...history, snapshots: history.snapshots.filter((other) => other !== snapshot) };
}

/** Without the first `gone` steps: what followed the last of them follows the beginning now, and what hung on the others goes. */
export function withoutOldest<S extends Steps<{ readonly id: number }>>(steps: S, gone: number): S {
  if (gone === 0) return steps;
  const last = steps.entries[gone - 1]!.id;
  const stepNow = (step: number): number => (step === last ? 0 : step === 0 ? -1 : step);
  return pruned({
    ...steps,
    entries: steps.entries.slice(gone),
    branches: steps.branches.map((branch) => ({ ...branch, from: stepNow(branch.from) })),
    snapshots: steps.snapshots.map((snapshot) => ({ ...snapshot, step: stepNow(snapshot.step) })),
  });
}

/** Without branches and snapshots that no step leads to any more. */
export function pruned<S extends Steps<{ readonly id: number }>>(steps: S): S {
  const known = new Set([0, ...steps.entries.map(({ id }) => id)]);
  let waiting = steps.branches;
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length;
    waiting = waiting.filter(({ from, entries }) => {
      if (!known.has(from)) return true;
      for (const { id } of entries) known.add(id);
      return false;
    });
  }
  const lost = new Set(waiting);
  const branches = lost.size === 0 ? steps.branches : steps.branches.filter((branch) => !lost.has(branch));
  return { ...steps, branches, snapshots: steps.snapshots.filter(({ step }) => known.has(step)) };
}
