import type { CommandId } from '../../../core/commands/menus.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { isTokenTool } from '../../state/tools.svelte.ts';

type Groups = readonly (readonly CommandId[])[];

/** What the right button offers on the canvas: what is under way first, then what the tool is about. */
export function canvasMenu({ active, tools }: Editor): Groups {
  if (!active) return [];
  if (active.floating) return [['stitch.place', 'stitch.drop'], VIEW];
  const waiting: Groups =
    active.fill.candidates.length > 0
      ? [['fill.accept', 'fill.discard', 'fill.discard-all', 'fill.side-by-side']]
      : [];
  if (tools.chosen === 'crop') return [...waiting, ['canvas.apply-crop', 'canvas.reset-crop'], TURNS, VIEW];
  return isTokenTool(tools.chosen)
    ? [...waiting, ...TOKENS, VIEW]
    : [...waiting, ['fill.run', 'fill.again', 'fill.cancel'], ...SELECTION, ['edit.paste'], VIEW];
}

const VIEW: readonly CommandId[] = ['view.fit', 'view.actual', 'view.compare-split'];

const TURNS: readonly CommandId[] = [
  'canvas.turn-left',
  'canvas.turn-right',
  'canvas.flip-horizontal',
  'canvas.flip-vertical',
];

const SELECTION: Groups = [
  ['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.transform', 'canvas.crop'],
  ['select.none', 'select.again', 'select.all', 'select.invert', 'select.empty'],
  ['select.grow', 'select.shrink', 'select.feather'],
];

const TOKENS: Groups = [
  ['tokens.pick', 'tokens.suggest', 'tokens.take-stamp'],
  ['tokens.pin', 'tokens.erase', 'tokens.restore'],
  ['tokens.copy', 'tokens.paste'],
];
