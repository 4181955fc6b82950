import { untrack } from 'svelte';

/** Calls `changed` with what `read` gives, now and whenever state that it reads has changed. Returns what stops it. */
export function watch<T>(read: () => T, changed: (value: T) => void): () => void {
  return $effect.root(() => {
    $effect(() => {
      const value = read();
      untrack(() => {
        changed(value);
      });
    });
  });
}
