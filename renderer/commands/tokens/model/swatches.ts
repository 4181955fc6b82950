import { untrack } from 'svelte';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { SwatchesLoading } from '../../../state/tokens/tokenJobs.ts';
import { readyPackage } from '../../fill/package.ts';
import { report } from '../../report.ts';

const GRACE = 100; // ms: who lets go while another is about to take hold has not to begin anew

/**
 * Sees to it that the swatches of a package come to `editor.swatches`, once. Returns what says that they are not needed
 * any more, as an effect does: when they are not needed, loading stops. What goes wrong is told, and
 * tried again the next time.
 */
export function loadSwatches(editor: Editor, ref: string): () => void {
  return untrack(() => {
    const info = editor.packages.byRef(ref);
    if (!info || editor.swatches[info.sha256]) return () => undefined;
    const loading = loadingOf(editor, ref, info.sha256);
    loading.users++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      loading.users--;
      setTimeout(() => {
        if (loading.users === 0) loading.stop.abort();
      }, GRACE);
    };
  });
}

function loadingOf(editor: Editor, ref: string, sha256: string): SwatchesLoading {
  const all = editor.swatchesLoading;
  const known = all.get(sha256);
  if (known && !known.stop.signal.aborted) return known;
  const loading = { stop: new AbortController(), users: 0 };
  all.set(sha256, loading);
  const isMine = (): boolean => all.get(sha256) === loading;
  load(editor, ref, sha256, loading.stop.signal, (done) => {
    if (isMine()) showDone(editor, sha256, done);
  })
    .catch((error: unknown) => {
      report(editor, error);
    })
    .finally(() => {
      if (!isMine()) return;
      all.delete(sha256);
      showDone(editor, sha256, null);
    });
  return loading;
}

async function load(
  editor: Editor,
  ref: string,
  sha256: string,
  signal: AbortSignal,
  show: (done: number) => void,
): Promise<void> {
  show(0);
  await readyPackage(editor, ref, signal);
  const swatches = await editor.engine.call(
    'package.swatches',
    { ref },
    {
      signal,
      onProgress: ({ done }) => {
        show(done);
      },
    },
  );
  editor.swatches = { ...editor.swatches, [sha256]: swatches };
}

/** How much of a package's swatches is there; null where none are on their way. */
function showDone(editor: Editor, sha256: string, done: number | null): void {
  const others = Object.entries(editor.swatchesDone).filter(([own]) => own !== sha256);
  editor.swatchesDone = Object.fromEntries(done === null ? others : [...others, [sha256, done]]);
}
