import type { Editor } from '../state/editor.svelte.ts';
import { NO_SERVER } from '../state/servers.svelte.ts';
import { endPreview } from './selection/adjust.ts';

/** Closes the dialog that is open; what it was only trying out is taken back. */
export function closeDialog(editor: Editor): void {
  endPreview(editor);
  if (editor.addingModel.step === 'working') editor.addingModel.cancel();
  editor.addingModel = { step: 'choose', problem: null };
  editor.servers.adding.cancel?.();
  editor.servers.adding = NO_SERVER;
  editor.dialog = null;
}
