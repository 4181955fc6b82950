import type { History } from '../../core/document/change.ts';
import type { Document } from '../../core/document/document.ts';

/** What is known of the recovery of one document: its unsaved work on disk. */
export class RecoveryState {
  /** What was written last. */
  done: { readonly document: Document; readonly history: History } | null = null;
  busy = false; // it is being written
  begun = -Infinity; // ms: when that was begun last
  mayExist = false; // there may be a snapshot on disk
  failures = 0; // one after the other
  given = false; // the keeper has had all that the document was once
  /** Fulfilled when the keeper knows the file that the document was opened from, and how it was drawn anew, or cannot. */
  origin: Promise<void> = Promise.resolve();
}
