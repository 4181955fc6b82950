import type { Abort } from '../../../core/base/abort.ts';
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

/**
 * Keeps what changed, every few seconds, where a crash cannot reach it. What was only opened is given to the engine as
 * well, so that the first change has little to wait for. A gesture is never disturbed: nothing is looked at or copied
 * while one is under way, and only little at a time. Returns the function that ends it.
 */
export function followAutosave(editor: Editor, times = TIMES): () => void {
  let stopped = false;

  async function lookAfter(document: OpenDocument): Promise<void> {
    const gone: Abort = {
      get aborted() {
        return stopped || !editor.documents.includes(document); // what was closed stays forgotten
      },
    };
    const { recovery } = document;
    recovery.busy = true;
    try {
      await write(editor, document, { pause: () => quiet(editor, times), signal: gone });
      recovery.failures = 0;
    } catch (error) {
      const isAborted = toErrorShape(error).code === 'aborted';
      if (!isAborted && ++recovery.failures === WORRYING) report(editor, error);
    } finally {
      recovery.busy = false;
    }
  }

  const timer = setInterval(() => {
    for (const document of editor.documents) {
      if (!document.recovery.busy && !isDone(document)) void lookAfter(document);
    }
  }, times.round);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function isDone({ current, history, recovery: { done } }: OpenDocument): boolean {
  return done?.document === current && done.history === history;
}

/** One round: a snapshot of what is changed; of what is not, the parts alone. */
async function write(editor: Editor, document: OpenDocument, giving: Giving): Promise<void> {
  await giving.pause();
  const { current, history, edited, id, recovery } = document;
  if (edited) {
    const snapshot = takeSnapshot(editor, document);
    const params = { document: id, json: snapshot.json };
    recovery.mayExist = true;
    await withParts(editor, document, snapshot, () => editor.engine.call('recovery.keep', params), giving);
  } else {
    if (recovery.mayExist) await editor.engine.call('recovery.keep', { document: id, json: null });
    recovery.mayExist = false;
    if (!wasGiven(document)) {
      await giveParts(editor, document, takeSnapshot(editor, document).parts.values(), giving);
    }
  }
  recovery.done = { document: current, history };
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
