import type { Editor } from '../state/editor.svelte.ts';
import { report } from './report.ts';

const PAUSE = 500; // ms, so that a slider that is dragged is written once

/** Sets the editor as it was left last time. */
export async function restorePreferences(editor: Editor): Promise<void> {
  const kept = await editor.main.call('preferences.read', null);
  editor.preferences.restore(kept);
  editor.tools.restore(kept.tools);
  editor.tokenTools.restore(kept.tokenTools);
  editor.fillSettings.restore(kept.fill);
}

/** Has main keep how the editor is set, whenever that changes. Returns what stops it. */
export function keepPreferences(editor: Editor): () => void {
  let kept = JSON.stringify(preferenceValues(editor));
  return $effect.root(() => {
    $effect(() => {
      const values = preferenceValues(editor);
      const timer = setTimeout(() => {
        const text = JSON.stringify(values);
        if (text === kept) return;
        kept = text;
        editor.main.call('preferences.write', { values }).catch((error: unknown) => {
          report(editor, error);
        });
      }, PAUSE);
      return () => {
        clearTimeout(timer);
      };
    });
  });
}

function preferenceValues({ preferences, tools, tokenTools, fillSettings }: Editor): Record<string, unknown> {
  return {
    ...preferences.values(),
    tools: tools.values(),
    tokenTools: tokenTools.values(),
    fill: fillSettings.values(),
  };
}
