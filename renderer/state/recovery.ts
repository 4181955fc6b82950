import type { History } from '../../core/document/change.ts';
import type { Document } from '../../core/document/document.ts';

/** What is known of the recovery of one document: its unsaved work on disk. */
export class RecoveryState {
  /** What was written last. */
  done: { readonly document: Document; readonly history: History } | null = null;
  busy = false; // it is being written
  mayExist = false; // there may be a snapshot on disk
  failures = 0; // one after the other
  given = false; // the engine has had all that the document was once
}
