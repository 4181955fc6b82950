import { spokenLocale } from '../../core/texts/locales.ts';
import type { Editor } from '../state/editor.svelte.ts';
import { spoken } from '../state/texts.svelte.ts';
import { openGiven } from './files/open.ts';
import { shortcutsOf } from './keys.ts';
import { commands } from './registry.ts';
import { report } from './report.ts';

const MB = 1e6;

/**
 * Carries out what is set: the language, how the window looks, what undo may keep, and the keys in the native menu.
 * Returns what stops it.
 */
export function followSettings(editor: Editor): () => void {
  const { preferences, main } = editor;
  const tell = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      report(editor, error);
    });
  };
  let looked = JSON.stringify({ theme: 'system', scale: 1 }); // as the window opens
  let shown = '{}';
  let told = preferences.language; // main reads what is kept when it starts
  return $effect.root(() => {
    $effect(() => {
      const { language } = preferences;
      spoken.locale = spokenLocale(language, spoken.system);
      if (language === told) return;
      told = language;
      tell(main.call('window.language', { language }));
    });
    $effect(() => {
      const look = { theme: preferences.theme, scale: preferences.scale / 100 };
      if (JSON.stringify(look) === looked) return;
      looked = JSON.stringify(look);
      tell(main.call('window.look', look));
    });
    $effect(() => {
      const limit = preferences.undoLimit * MB;
      for (const document of editor.documents) {
        if (document.history.limit !== limit) document.history = { ...document.history, limit };
      }
    });
    $effect(() => {
      const keys: Record<string, string> = {};
      for (const command of commands) {
        const [first = ''] = shortcutsOf(editor, command);
        if (first !== (command.shortcuts?.[0] ?? '')) keys[command.id] = first;
      }
      if (JSON.stringify(keys) === shown) return;
      shown = JSON.stringify(keys);
      tell(main.call('menu.keys', { keys }));
    });
  });
}

/** Opens what was open last time, unless something is open already or can be recovered. Files that are gone are named. */
export async function restoreSession(editor: Editor): Promise<void> {
  const isBusy = editor.documents.length > 0 || editor.activity !== null || editor.recoverable.length > 0;
  if (isBusy || !editor.preferences.restoreSession) return;
  await openGiven(editor, await editor.main.call('session.open', null));
}

/** Has main remember which files are open. Returns what stops it. */
export function followSession(editor: Editor): () => void {
  let kept = '';
  return $effect.root(() => {
    $effect(() => {
      const grants = editor.documents.map(({ project, source }) => (project ?? source)?.id);
      const files = grants.filter((id) => id !== undefined);
      if (editor.leaving || files.join() === kept) return;
      kept = files.join();
      editor.main.call('session.keep', { files }).catch((error: unknown) => {
        report(editor, error);
      });
    });
  });
}
