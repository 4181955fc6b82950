import type { Editor } from '../../state/editor.svelte.ts';
import type { TokenToolId } from '../../state/tools.svelte.ts';
import type { Tool } from '../tool.ts';
import { ask } from './ask.ts';
import { brush } from './brush.ts';
import { bucket } from './bucket.ts';
import { eraser, pin, restore } from './cellBrushes.ts';
import { line, rectangle } from './drags.ts';
import { mix } from './mix.ts';
import { picker } from './picker.ts';
import { stamp } from './stamp.ts';
import { TokenTool } from './tokenTool.ts';

/** One of each tool that works on tokens, for one window. */
export function createTokenTools(editor: Editor): Readonly<Record<TokenToolId, Tool>> {
  return {
    'token-brush': new TokenTool(editor, brush()),
    'token-line': new TokenTool(editor, line()),
    'token-rectangle': new TokenTool(editor, rectangle()),
    'token-bucket': new TokenTool(editor, bucket()),
    'token-picker': new TokenTool(editor, picker()),
    'token-stamp': new TokenTool(editor, stamp()),
    'token-eraser': new TokenTool(editor, eraser()),
    'token-restore': new TokenTool(editor, restore()),
    'token-pin': new TokenTool(editor, pin()),
    'token-ask': new TokenTool(editor, ask()),
    'token-mix': new TokenTool(editor, mix()),
  };
}
