import type { Editor } from '../../state/editor.svelte.ts';

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
  const show = (done: number | null): void => {
    editor.activity = { label, done, cancel: () => stop.abort() };
  };
  show(null);
  try {
    return await work({ signal: stop.signal, onDone: show });
  } finally {
    editor.activity = null;
  }
}
