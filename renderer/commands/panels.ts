import type { Editor } from '../state/editor.svelte.ts';
import type { PanelId } from '../state/preferences.svelte.ts';
import { isTokenTool } from '../state/tools.svelte.ts';

/**
 * Shows a panel, and takes a tool that goes with it: a tool for pixels would paint a selection over the tokens that the panel
 * speaks of, and one for tokens does not select what the Fill panel is about. The tool that was left comes back with its panel.
 */
export function showPanel({ preferences, tools }: Editor, panel: PanelId): void {
  preferences.panel = panel;
  const forTokens = panel === 'tokens';
  if ((panel !== 'fill' && !forTokens) || isTokenTool(tools.chosen) === forTokens) return;
  const { chosen, left } = tools;
  tools.chosen = left && isTokenTool(left) === forTokens ? left : forTokens ? 'token-picker' : 'brush';
  tools.left = chosen;
}
