import type { Editor } from '../state/editor.svelte.ts';

/** Commands that mean the text of a field while one is typed into. */
export const OF_FIELDS: ReadonlySet<string> = new Set([
  'edit.undo',
  'edit.redo',
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'select.all',
]);

/** Whether keys and the menu reach a command: behind a dialog nothing is done but closing it. */
export function isReachable({ dialog }: Editor, id: string): boolean {
  return dialog === null || id === 'edit.cancel';
}
