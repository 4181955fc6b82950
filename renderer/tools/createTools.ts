import type { Editor } from '../state/editor.svelte.ts';
import type { ToolId } from '../state/tools.svelte.ts';
import { createBrush } from './brush/brush.ts';
import { createColour } from './colour/colour.ts';
import { createEllipse } from './ellipse/ellipse.ts';
import { createEraser } from './eraser/eraser.ts';
import { FrameTool } from './frame/frame.ts';
import { LassoTool } from './lasso/lasso.ts';
import { createOriginal } from './original/original.ts';
import { PanTool } from './pan/pan.ts';
import { PolygonTool } from './polygon/polygon.ts';
import { createRectangle } from './rectangle/rectangle.ts';
import { createTokenTools } from './tokens/createTokenTools.ts';
import type { Tool } from './tool.ts';
import { createWand } from './wand/wand.ts';

/** One of each tool, for one window. */
export function createTools(editor: Editor): Readonly<Record<ToolId, Tool>> {
  return {
    pan: new PanTool(editor),
    brush: createBrush(editor),
    eraser: createEraser(editor),
    rectangle: createRectangle(editor),
    ellipse: createEllipse(editor),
    lasso: new LassoTool(editor),
    polygon: new PolygonTool(editor),
    wand: createWand(editor),
    colour: createColour(editor),
    original: createOriginal(editor),
    frame: new FrameTool(editor),
    ...createTokenTools(editor),
  };
}
