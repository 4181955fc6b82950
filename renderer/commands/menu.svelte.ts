import type { Editor } from '../state/editor.svelte.ts';
import { isReachable, OF_FIELDS } from './reach.ts';
import { commands, run } from './registry.ts';
import { report } from './report.ts';

const PAUSE = 100; // ms between two messages, at least

interface MenuState {
  readonly enabled: Record<string, boolean>;
  readonly checked: Record<string, boolean>;
}

/** Which commands can be used now, and which are ticked. A dialog's fields are edited by the menu as well. */
export function menuState(editor: Editor): MenuState {
  const enabled: Record<string, boolean> = {};
  const checked: Record<string, boolean> = {};
  for (const command of commands) {
    const isReached = isReachable(editor, command.id) || OF_FIELDS.has(command.id);
    enabled[command.id] = isReached && command.enabled(editor);
    if (command.checked) checked[command.id] = command.checked(editor);
  }
  return { enabled, checked };
}

/** Tells the native menu what it has to show, and does what is chosen in it. Returns what stops it. */
export function followMenu(editor: Editor): () => void {
  let sent: MenuState = { enabled: {}, checked: {} };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send(): void {
    timer = undefined;
    const now = menuState(editor);
    const changed = {
      enabled: difference(sent.enabled, now.enabled),
      checked: difference(sent.checked, now.checked),
    };
    sent = now;
    if (Object.keys({ ...changed.enabled, ...changed.checked }).length === 0) return;
    editor.main.call('menu.state', changed).catch((error: unknown) => {
      report(editor, error);
    });
  }

  const stopWatching = $effect.root(() => {
    $effect(() => {
      menuState(editor); // to be told when any of it changes
      timer ??= setTimeout(send, PAUSE);
    });
  });
  const stopListening = editor.main.on('command', ({ id }) => {
    if (isReachable(editor, id)) void run(editor, id);
  });
  return () => {
    clearTimeout(timer);
    stopWatching();
    stopListening();
  };
}

/** What is otherwise than it was. */
function difference(
  before: Record<string, boolean>,
  after: Record<string, boolean>,
): Record<string, boolean> {
  return Object.fromEntries(Object.entries(after).filter(([id, value]) => before[id] !== value));
}
