import type { Editor } from '../../state/editor.svelte.ts';
import { isTokenTool, TOOLS, type TokenToolId } from '../../state/tools.svelte.ts';
import type { Tool } from '../tool.ts';
import { TokenTool } from './tokenTool.ts';

/** One of each tool that works on tokens, for one window. */
export function createTokenTools(editor: Editor): Readonly<Record<TokenToolId, Tool>> {
  const entries = TOOLS.filter((id) => isTokenTool(id)).map((id) => [id, new TokenTool(editor, id)]);
  return Object.fromEntries(entries) as Record<TokenToolId, Tool>;
}
