import type { FileGrant } from '../../../core/contract/mainApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/** Puts a file that was opened or saved at the top of the recent ones. */
export async function rememberFile(editor: Editor, file: FileGrant): Promise<void> {
  await editor.main.call('files.remember', { file: file.id });
  editor.recent = await editor.main.call('files.recent', null);
}
