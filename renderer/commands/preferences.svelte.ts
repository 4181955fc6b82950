import type { Editor } from '../state/editor.svelte.ts';
import { report } from './report.ts';

const PAUSE = 500; // ms, so that a slider that is dragged is written once

/** Sets the editor as it was left last time. */
export async function restorePreferences(editor: Editor): Promise<void> {
  const persisted = await editor.main.call('preferences.read', null);
  editor.preferences.restore(persisted);
  editor.tools.restore(persisted.tools);
  editor.tokenTools.restore(persisted.tokenTools);
  editor.fillSettings.restore(persisted.fill);
  const { firstPreset, firstCandidates } = editor.preferences;
  if (firstPreset !== 'last') editor.fillSettings.preset = firstPreset;
  if (firstCandidates > 0) editor.fillSettings.candidates = firstCandidates;
}

/** Has main keep how the editor is set, whenever that changes. Returns what stops it. */
export function persistPreferences(editor: Editor): () => void {
  let persisted = JSON.stringify(preferenceValues(editor));
  return $effect.root(() => {
    $effect(() => {
      const values = preferenceValues(editor);
      const timer = setTimeout(() => {
        const text = JSON.stringify(values);
        if (text === persisted) return;
        persisted = text;
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
