import type { CommandId } from '../../../core/commands/menus.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { ContextGroups } from '../controls/contextMenu.svelte.ts';
import { boundCommand } from './boundCommand.ts';

/** Commands as lines of a context menu: those that can be used now. */
export function commandItems(editor: Editor, groups: readonly (readonly CommandId[])[]): ContextGroups {
  return groups.map((ids) => ids.map((id) => boundCommand(editor, id)).filter(({ disabled }) => !disabled));
}
