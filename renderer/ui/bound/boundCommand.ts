import { keysText } from '../../commands/keys.ts';
import { commandById, run } from '../../commands/registry.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/** A command as a button shows it. Read inside a `$derived` or a template, it follows the editor's state. */
export interface BoundCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: string | undefined;
  readonly hint: string | undefined;
  readonly disabled: boolean;
  readonly checked: boolean | undefined;
  run(): void;
}

export function boundCommand(editor: Editor, id: string): BoundCommand {
  const command = commandById(id);
  return {
    id,
    title: command.title,
    keys: keysText(editor, command) || undefined,
    hint: command.hint,
    disabled: !command.enabled(editor),
    checked: command.checked?.(editor),
    run: () => void run(editor, id),
  };
}
