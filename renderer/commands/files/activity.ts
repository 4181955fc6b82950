import type { Activity, Editor } from '../../state/editor.svelte.ts';

/** How work that is shown in the window is stopped and says how far it is. */
export interface ShownWork {
  readonly signal: AbortSignal;
  readonly onDone: (done: number) => void; // 0 .. 1
}

/** Shows what is being done until it is over; Escape stops it. */
export async function withActivity<T>(
  editor: Editor,
  label: string,
  work: (shown: ShownWork) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const cancel = (): void => {
    stop.abort();
  };
  let shown: Activity | null = null;
  const show = (done: number | null): void => {
    editor.activity = shown = { label, done, cancel };
  };
  show(null);
  try {
    return await work({ signal: stop.signal, onDone: show });
  } finally {
    if (editor.activity === shown) editor.activity = null; // else something else is shown by now
  }
}
