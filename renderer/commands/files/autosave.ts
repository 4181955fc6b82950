import type { Abort } from '../../../core/base/abort.ts';
import type { History } from '../../../core/document/change.ts';
import type { Document } from '../../../core/document/document.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { report } from '../report.ts';
import { type Giving, giveParts, takeSnapshot, wasGiven, withParts } from './parts.ts';

/** How autosave takes its time, ms. */
export interface AutosaveTimes {
  readonly round: number; // with the writing, no more than 5 s of work are ever lost
  readonly look: number; // how often it looks whether a gesture is over
  readonly idle: number; // longest wait for the window to have nothing else to do
}

const TIMES: AutosaveTimes = { round: 1500, look: 50, idle: 250 };

/** An engine that died is back the second time; what fails again, the person should know of. */
const WORRYING = 2;

/** What is known of one document. */
interface Watched {
  /** What was looked after last. */
  done: { readonly document: Document; readonly history: History } | null;
  busy: boolean;
  kept: boolean; // there may be a snapshot
  failures: number; // one after the other
}

/**
 * Keeps what changed, every few seconds, where a crash cannot reach it. What was only opened is given to the engine as
 * well, so that the first change has little to wait for. A gesture is never disturbed: nothing is looked at or copied
 * while one is under way, and only little at a time. Returns the function that ends it.
 */
export function followAutosave(editor: Editor, times = TIMES): () => void {
  const watched = new WeakMap<OpenDocument, Watched>();
  let stopped = false;

  async function lookAfter(document: OpenDocument, state: Watched): Promise<void> {
    const gone: Abort = {
      get aborted() {
        return stopped || !editor.documents.includes(document); // what was closed stays forgotten
      },
    };
    state.busy = true;
    try {
      await keep(editor, document, state, { pause: () => quiet(editor, times), signal: gone });
      state.failures = 0;
    } catch (error) {
      const isAborted = toErrorShape(error).code === 'aborted';
      if (!isAborted && ++state.failures === WORRYING) report(editor, error);
    } finally {
      state.busy = false;
    }
  }

  const timer = setInterval(() => {
    for (const document of editor.documents) {
      const state = watched.get(document) ?? { done: null, busy: false, kept: false, failures: 0 };
      watched.set(document, state);
      if (!state.busy && !isDone(document, state)) void lookAfter(document, state);
    }
  }, times.round);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function isDone({ current, history }: OpenDocument, { done }: Watched): boolean {
  return done?.document === current && done.history === history;
}

/** One round: a snapshot of what is changed; of what is not, the parts alone. */
async function keep(editor: Editor, document: OpenDocument, state: Watched, giving: Giving): Promise<void> {
  await giving.pause();
  const { current, history, edited, id } = document;
  if (edited) {
    const snapshot = takeSnapshot(editor, document);
    const params = { document: id, json: snapshot.json };
    state.kept = true;
    await withParts(editor, document, snapshot, () => editor.engine.call('recovery.keep', params), giving);
  } else {
    if (state.kept) await editor.engine.call('recovery.keep', { document: id, json: null });
    state.kept = false;
    if (!wasGiven(document)) {
      await giveParts(editor, document, takeSnapshot(editor, document).parts.values(), giving);
    }
  }
  state.done = { document: current, history };
}

/** Waits until nobody draws and the window has nothing else to do. */
async function quiet(editor: Editor, { look, idle }: AutosaveTimes): Promise<void> {
  while (editor.gesture !== null || editor.documents.some(({ live }) => live !== null)) {
    await new Promise((resolve) => setTimeout(resolve, look));
  }
  await new Promise<void>((resolve) => {
    const go = (): void => {
      resolve();
    };
    if ('requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: idle });
    else setTimeout(go); // where there is no page
  });
}
