import type { FileGrant, FolderGrant } from '../../core/contract/mainApi.ts';
import type { ExportFormat } from './preferences.svelte.ts';

/** What became of a picture of many. */
export type BatchState = 'waiting' | 'filling' | 'done' | 'skipped' | 'failed';

/** One picture of many that are filled alike. */
export interface BatchRow {
  readonly picture: FileGrant;
  readonly mask: FileGrant | null; // none of its name was found
  readonly state: BatchState;
  readonly text: string; // why it failed or was skipped; where it went
  readonly share: number; // 0 .. 1, of one that is being filled
}

/** Many pictures that are filled with the same settings. */
export class Batch {
  pictures = $state.raw<FolderGrant | null>(null);
  masks = $state.raw<FolderGrant | null>(null); // null: they lie beside the pictures
  results = $state.raw<{ readonly id: string; readonly name: string } | null>(null);
  format = $state<ExportFormat>('png');
  skipExisting = $state(true);
  alsoOn = $state.raw<readonly string[]>([]); // refs of packages that share the work with the one in use
  rows = $state.raw<readonly BatchRow[]>([]);
  /** Stops it; null while nothing is filled. */
  cancel = $state.raw<(() => void) | null>(null);

  setRow(index: number, change: Partial<BatchRow>): void {
    const row = this.rows[index];
    if (row) this.rows = this.rows.with(index, { ...row, ...change });
  }

  count(state: BatchState): number {
    return this.rows.filter((row) => row.state === state).length;
  }
}
