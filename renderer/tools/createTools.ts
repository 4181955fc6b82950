import type { Editor } from '../state/editor.svelte.ts';
import type { TokenToolId, ToolId } from '../state/tools.svelte.ts';
import type { Tool } from './tool.ts';
import { CropTool } from './crop.ts';
import { ExtendTool } from './extend.ts';
import { FrameTool } from './frame/frame.ts';
import { LassoTool } from './lasso.ts';
import { ObjectTool } from './object.ts';
import { MoveTool } from './move.ts';
import { PanTool } from './pan.ts';
import { PolygonTool } from './polygon.ts';
import { TokenTool } from './tokens/tokenTool.ts';
import { ask, bucket } from './tokens/clicks.ts';
import { brush, eraser, pin, restore } from './tokens/brushes.ts';
import { createBrush, createEraser, createOriginal, createRemoval } from './brushes.ts';
import { createColour, createWand } from './wands.ts';
import { createEllipse, createRectangle } from './shapes.ts';
import { line, rectangle } from './tokens/drags.ts';
import { mix } from './tokens/mix.ts';
import { picker } from './tokens/picker.ts';
import { stamp } from './tokens/stamp.ts';

/** One of each tool, for one window. */
export function createTools(editor: Editor): Readonly<Record<ToolId, Tool>> {
  return {
    pan: new PanTool(editor),
    move: new MoveTool(editor),
    brush: createBrush(editor),
    eraser: createEraser(editor),
    rectangle: createRectangle(editor),
    ellipse: createEllipse(editor),
    lasso: new LassoTool(editor),
    polygon: new PolygonTool(editor),
    object: new ObjectTool(editor),
    wand: createWand(editor),
    colour: createColour(editor),
    original: createOriginal(editor),
    frame: new FrameTool(editor),
    crop: new CropTool(editor),
    extend: new ExtendTool(editor),
    remove: createRemoval(editor),
    ...createTokenTools(editor),
  };
}

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
