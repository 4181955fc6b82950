import type { Editor } from '../../state/editor.svelte.ts';
import { MOST_TOKENS } from '../../state/tokens/tokenTools.svelte.ts';
import { isTokenTool, LEAST_SIZE, MOST_SIZE, type ToolId, type Tools } from '../../state/tools.svelte.ts';
import type { Command } from '../command.ts';

/** Tools that share a letter take turns with it. */
const TOOLS: readonly { id: ToolId; title: string; shortcuts: readonly string[]; hint: string }[] = [
  { id: 'pan', title: 'Pan', shortcuts: ['H'], hint: 'Drags the view; Space does so with any tool.' },
  { id: 'brush', title: 'Mask brush', shortcuts: ['B'], hint: 'Paints what will be refilled.' },
  { id: 'eraser', title: 'Mask eraser', shortcuts: ['E'], hint: 'Takes away from the selection.' },
  { id: 'rectangle', title: 'Rectangle', shortcuts: ['M', 'Shift+M'], hint: 'Selects a rectangle.' },
  { id: 'ellipse', title: 'Ellipse', shortcuts: ['Shift+M', 'M'], hint: 'Selects an ellipse.' },
  { id: 'lasso', title: 'Lasso', shortcuts: ['L', 'Shift+L'], hint: 'Selects what is drawn around.' },
  { id: 'polygon', title: 'Polygon', shortcuts: ['Shift+L', 'L'], hint: 'Selects between corners.' },
  { id: 'wand', title: 'Wand', shortcuts: ['W', 'Shift+W'], hint: 'Selects what looks like a pixel.' },
  {
    id: 'colour',
    title: 'Select by colour',
    shortcuts: ['Shift+W', 'W'],
    hint: 'Selects a colour wherever it is.',
  },
  {
    id: 'original',
    title: 'Paint the original back',
    shortcuts: ['O'],
    hint: 'Brings back what the picture was when it was opened.',
  },
  { id: 'frame', title: 'Frame', shortcuts: ['F'], hint: 'Chooses where the next fill works.' },
  { id: 'token-brush', title: 'Token brush', shortcuts: ['T'], hint: 'Paints with the code in the hand.' },
  {
    id: 'token-line',
    title: 'Token line',
    shortcuts: ['Shift+T'],
    hint: 'Paints a straight line of one code.',
  },
  {
    id: 'token-rectangle',
    title: 'Token rectangle',
    shortcuts: ['Shift+T'],
    hint: 'Paints a rectangle of one code.',
  },
  {
    id: 'token-bucket',
    title: 'Token bucket',
    shortcuts: ['G'],
    hint: 'Paints all tokens that touch and have the same code.',
  },
  {
    id: 'token-picker',
    title: 'Token picker',
    shortcuts: ['I'],
    hint: 'Takes the code under the pointer into the hand; Alt does so with any token tool.',
  },
  {
    id: 'token-stamp',
    title: 'Token stamp',
    shortcuts: ['S'],
    hint: 'Puts a piece of tokens down; drag with Alt to take one.',
  },
  {
    id: 'token-eraser',
    title: 'Token eraser',
    shortcuts: ['X', 'Shift+X'],
    hint: 'Takes tokens away, so that the next fill makes them anew.',
  },
  {
    id: 'token-restore',
    title: 'Restore tokens',
    shortcuts: ['Shift+X', 'X'],
    hint: 'Brings back the tokens of the picture as it was opened.',
  },
  {
    id: 'token-pin',
    title: 'Pin tokens',
    shortcuts: ['P'],
    hint: 'Keeps tokens as they are when the hole around them is filled; Alt lets go of them.',
  },
  {
    id: 'token-ask',
    title: 'Ask the model',
    shortcuts: ['A'],
    hint: 'Shows the codes that the model finds likeliest for a token, or for a group that is dragged around.',
  },
  {
    id: 'token-mix',
    title: 'Mix candidates',
    shortcuts: ['K'],
    hint: 'Paints the tokens of another candidate over the one that is shown.',
  },
];

const CALM = { group: 'Tools', duringGesture: true, repeats: true } as const;
const HARDNESS_STEP = 0.1;

export const toolCommands: readonly Command[] = [
  ...TOOLS.map(({ id, title, shortcuts, hint }): Command => ({
    id: `tool.${id}`,
    title,
    group: isTokenTool(id) ? 'Token tools' : 'Tools',
    shortcuts,
    hint,
    enabled: ({ active }) => active !== null,
    checked: ({ tools }) => tools.chosen === id,
    run: ({ tools }) => {
      tools.chosen = id;
    },
  })),
  {
    ...CALM,
    id: 'brush.smaller',
    title: 'Smaller brush',
    shortcuts: ['['],
    enabled: (editor) => editor.active !== null && resized(editor, -1) !== sizeNow(editor),
    run: (editor) => {
      resize(editor, -1);
    },
  },
  {
    ...CALM,
    id: 'brush.larger',
    title: 'Larger brush',
    shortcuts: [']'],
    enabled: (editor) => editor.active !== null && resized(editor, 1) !== sizeNow(editor),
    run: (editor) => {
      resize(editor, 1);
    },
  },
  {
    ...CALM,
    id: 'brush.softer',
    title: 'Softer brush',
    shortcuts: ['{'],
    enabled: ({ active, tools }) => active !== null && tools.hardness > 0,
    run: ({ tools }) => {
      harden(tools, -HARDNESS_STEP);
    },
  },
  {
    ...CALM,
    id: 'brush.harder',
    title: 'Harder brush',
    shortcuts: ['}'],
    enabled: ({ active, tools }) => active !== null && tools.hardness < 1,
    run: ({ tools }) => {
      harden(tools, HARDNESS_STEP);
    },
  },
];

/** Of the brush in the hand: px, or tokens. */
function sizeNow({ tools, tokenTools }: Editor): number {
  return isTokenTool(tools.chosen) ? tokenTools.width : tools.size;
}

/** A tenth of its px more or less, and at least one; or a token. */
function resized(editor: Editor, sign: 1 | -1): number {
  const size = sizeNow(editor);
  if (isTokenTool(editor.tools.chosen)) return Math.min(MOST_TOKENS, Math.max(1, size + sign));
  const step = Math.max(1, Math.round(size / 10));
  return Math.min(MOST_SIZE, Math.max(LEAST_SIZE, Math.round(size + sign * step)));
}

function resize(editor: Editor, sign: 1 | -1): void {
  const size = resized(editor, sign);
  if (isTokenTool(editor.tools.chosen)) editor.tokenTools.width = size;
  else editor.tools.size = size;
}

function harden(tools: Tools, by: number): void {
  tools.hardness = Math.min(1, Math.max(0, Math.round(10 * (tools.hardness + by)) / 10));
}
