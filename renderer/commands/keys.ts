import type { CommandText } from '../../core/commands/menus.ts';
import type { Editor } from '../state/editor.svelte.ts';
import { isBareSign, shortcutText } from './shortcuts.ts';

/** The keys of a command as they are set: a person's own, or those of the table; without bare signs where those are off. */
export function shortcutsOf(
  { preferences }: Pick<Editor, 'preferences'>,
  { id, shortcuts }: Pick<CommandText, 'id' | 'shortcuts'>,
): readonly string[] {
  const own = preferences.shortcuts[id] ?? shortcuts ?? [];
  return preferences.letterKeys ? own : own.filter((shortcut) => !isBareSign(shortcut));
}

/** How the first of them is written for people: 'Ctrl+Z'; '' if there is none. */
export function keysText(editor: Editor, command: Pick<CommandText, 'id' | 'shortcuts'>): string {
  return shortcutText({ shortcuts: shortcutsOf(editor, command) }, editor.appInfo?.platform ?? 'linux');
}

/** Gives a command other keys; null for those of the table. */
export function setShortcuts({ preferences }: Editor, id: string, keys: readonly string[] | null): void {
  const others = Object.entries(preferences.shortcuts).filter(([other]) => other !== id);
  preferences.shortcuts = Object.fromEntries(keys === null ? others : [...others, [id, keys]]);
}
