import type { Abort } from '../../../core/base/abort.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { report } from '../report.ts';
import { type Giving, giveParts, takeSnapshot, wasGiven, withParts } from './parts.ts';

/** How autosave takes its time, ms. With the writing, no more than 5 s of work are ever lost. */
export interface AutosaveTimes {
  readonly round: number; // least between the begins of two rounds
  readonly look: number; // how often it looks for changes, and whether a gesture is over
  readonly patience: number; // most that a round waits for a gesture to be over
  readonly idle: number; // longest wait for the window to have nothing else to do
}

const TIMES: AutosaveTimes = { round: 1000, look: 50, patience: 1000, idle: 100 };

/** An engine that died is back the second time; what fails again, the person should know of. */
const WORRYING = 2;

/**
 * Keeps what changed, every second or two, where a crash cannot reach it. A gesture is not disturbed for a while: what
 * it draws is no part of the document yet, so that a snapshot beside it is whole, but copying can be felt. After that
 * the round goes on, a little at a time: a polygon may stay begun for minutes. Returns the function that ends it.
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
    recovery.begun = performance.now();
    try {
      await write(editor, document, times, gone);
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
      if (isDue(document, Math.max(times.round, 1000 * (editor.preferences.autosave - 1))))
        void lookAfter(document);
    }
  }, times.look);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function isDue({ current, history, recovery }: OpenDocument, round: number): boolean {
  const { busy, begun, done } = recovery;
  if (busy || performance.now() - begun < round) return false;
  return done?.document !== current || done.history !== history;
}

/** One round: a snapshot of what is changed; of what is not, the parts alone. */
async function write(
  editor: Editor,
  document: OpenDocument,
  times: AutosaveTimes,
  signal: Abort,
): Promise<void> {
  const { recovery } = document;
  const isLate = (): boolean => performance.now() >= recovery.begun + times.patience;
  const giving: Giving = { pause: () => quiet(editor, times, isLate), signal };
  await recovery.origin;
  await giving.pause();
  const { current, history, edited, id } = document;
  if (edited) {
    const snapshot = takeSnapshot(editor, document);
    await recovery.origin; // of what was done meanwhile
    const params = { document: id, json: snapshot.json };
    recovery.mayExist = true;
    await withParts(editor, document, snapshot, () => editor.engine.call('recovery.keep', params), giving);
  } else {
    if (recovery.mayExist) await editor.engine.call('recovery.keep', { document: id, json: null });
    recovery.mayExist = false;
    if (!wasGiven(document)) await giveAll(editor, document, times, signal);
  }
  recovery.done = { document: current, history };
}

/**
 * Makes saving quick. Nothing can be lost yet, so a gesture is never disturbed: what compresses the parts would take the
 * time of who draws. What is changed meanwhile is kept first.
 */
async function giveAll(
  editor: Editor,
  document: OpenDocument,
  times: AutosaveTimes,
  signal: Abort,
): Promise<void> {
  const unneeded: Abort = {
    get aborted() {
      return signal.aborted || document.edited;
    },
  };
  const { parts } = takeSnapshot(editor, document);
  const pause = (): Promise<void> => quiet(editor, times, () => unneeded.aborted);
  await giveParts(editor, document, parts.values(), { pause, signal: unneeded });
  document.recovery.given = true;
}

/** Waits until no gesture is under way or it is late, and until the window has nothing else to do. */
async function quiet(editor: Editor, { look, idle }: AutosaveTimes, isLate: () => boolean): Promise<void> {
  const isDrawn = (): boolean =>
    editor.gesture !== null || editor.documents.some(({ live }) => live !== null);
  while (isDrawn() && !isLate()) await new Promise((resolve) => setTimeout(resolve, look));
  await new Promise<void>((resolve) => {
    const go = (): void => {
      resolve();
    };
    if (!isLate() && 'requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: idle });
    else setTimeout(go); // lets the window draw
  });
}
