import type { Editor } from '../../state/editor.svelte.ts';
import { MOST_TOKENS } from '../../state/tokens/tokenTools.svelte.ts';
import { isTokenTool, TOOLS, type Tools } from '../../state/tools.svelte.ts';
import { nextBrushSize } from '../brushSize.svelte.ts';
import { type Command, defineCommand } from '../command.ts';

const CALM = { duringGesture: true, repeats: true } as const;
const HARDNESS_STEP = 0.1;

export const toolCommands: readonly Command[] = [
  ...TOOLS.map((tool) =>
    defineCommand(`tool.${tool}`, {
      enabled: ({ active }) => active !== null,
      checked: ({ tools }) => tools.chosen === tool,
      run: ({ tools, preferences }) => {
        tools.chosen = tool;
        // What paints tokens needs their palette beside it.
        if (isTokenTool(tool) && preferences.panel === 'fill') preferences.panel = 'tokens';
      },
    }),
  ),
  defineCommand('tool.press', {
    duringGesture: true,
    keyed: ({ tools }) => !isTokenTool(tools.chosen),
    enabled: ({ active }) => active !== null && active.floating === null,
    run: ({ tools }) => tools.press?.(),
  }),
  defineCommand('brush.smaller', {
    ...CALM,
    enabled: (editor) => editor.active !== null && resized(editor, -1) !== sizeNow(editor),
    run: (editor) => {
      resize(editor, -1);
    },
  }),
  defineCommand('brush.larger', {
    ...CALM,
    enabled: (editor) => editor.active !== null && resized(editor, 1) !== sizeNow(editor),
    run: (editor) => {
      resize(editor, 1);
    },
  }),
  defineCommand('brush.softer', {
    ...CALM,
    enabled: ({ active, tools }) => active !== null && tools.hardness > 0,
    run: ({ tools }) => {
      harden(tools, -HARDNESS_STEP);
    },
  }),
  defineCommand('brush.harder', {
    ...CALM,
    enabled: ({ active, tools }) => active !== null && tools.hardness < 1,
    run: ({ tools }) => {
      harden(tools, HARDNESS_STEP);
    },
  }),
];

/** Of the current brush: px, or tokens. */
function sizeNow({ tools, tokenTools }: Editor): number {
  return isTokenTool(tools.chosen) ? tokenTools.width : tools.size;
}

/** A step of px more or less, or a token. */
function resized(editor: Editor, sign: 1 | -1): number {
  const size = sizeNow(editor);
  if (isTokenTool(editor.tools.chosen)) return Math.min(MOST_TOKENS, Math.max(1, size + sign));
  return nextBrushSize(size, sign);
}

function resize(editor: Editor, sign: 1 | -1): void {
  const size = resized(editor, sign);
  if (isTokenTool(editor.tools.chosen)) editor.tokenTools.width = size;
  else editor.tools.size = size;
}

function harden(tools: Tools, by: number): void {
  tools.hardness = Math.min(1, Math.max(0, Math.round(10 * (tools.hardness + by)) / 10));
}
