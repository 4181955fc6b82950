import type { BatchRow, BatchState } from '../../../state/batch.svelte.ts';

export const STATE_TEXTS: Readonly<Record<BatchState, string>> = {
  waiting: 'Waits',
  filling: 'Filling',
  done: 'Done',
  skipped: 'Skipped',
  failed: 'Failed',
};

/** How far many fills are: '3 of 12 done, 1 failed, 2 skipped'. */
export function batchText(rows: readonly BatchRow[]): string {
  const count = (wanted: BatchState): number => rows.filter(({ state }) => state === wanted).length;
  const parts = [`${count('done')} of ${rows.length} done`];
  if (count('failed') > 0) parts.push(`${count('failed')} failed`);
  if (count('skipped') > 0) parts.push(`${count('skipped')} skipped`);
  return parts.join(', ');
}
