import type { History } from '../../../core/document/change.ts';

/** What the next snapshot is proposed to be called. */
export function nextSnapshotName({ snapshots }: Pick<History, 'snapshots'>): string {
  const names = new Set(snapshots.map(({ name }) => name));
  for (let number = snapshots.length + 1; ; number++)
    if (!names.has(`Snapshot ${number}`)) return `Snapshot ${number}`;
}
