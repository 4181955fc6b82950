import { RATIOS, type RatioId } from './ratios.ts';
import { isNumber, isOneOf, isSwitch, persistedValues, restorePersisted } from './persistence.ts';

/** The pointer tools of the left rail. */
export const TOOLS = [
  'pan',
  'move',
  'brush',
  'eraser',
  'rectangle',
  'ellipse',
  'lasso',
  'polygon',
  'object',
  'wand',
  'colour',
  'original',
  'frame',
  'crop',
  'extend',
  'remove',
  'token-brush',
  'token-line',
  'token-rectangle',
  'token-bucket',
  'token-picker',
  'token-stamp',
  'token-eraser',
  'token-restore',
  'token-pin',
  'token-ask',
  'token-mix',
] as const;
export type ToolId = (typeof TOOLS)[number];
export type TokenToolId = Extract<ToolId, `token-${string}`>;

/** Whether a tool works on the tokens of the frame, not on pixels. */
export function isTokenTool(id: ToolId): id is TokenToolId {
  return id.startsWith('token-');
}

export const LEAST_SIZE = 1; // px
export const MOST_SIZE = 2000; // px
export const MOST_OVERLAP = 64; // px

export type CombineMode = 'replace' | 'add' | 'subtract' | 'intersect';

/** Which tool is current, and how each is set. */
export class Tools {
  chosen = $state<ToolId>('brush');
  temporary = $state<ToolId | null>(null); // while Space (or another key) is down
  left: ToolId | null = null; // for one that goes with another panel

  size = $state(48); // document px, diameter of the brushes; LEAST_SIZE .. MOST_SIZE
  hardness = $state(0.8); // 0 .. 1
  opacity = $state(1); // 0 .. 1
  pressure = $state(true); // whether a pen's pressure changes the size
  combine = $state<CombineMode>('replace'); // for shapes and wands; Shift adds, Alt subtracts, both intersect
  tolerance = $state(32); // 0 .. 255, of the wand
  contiguous = $state(true);
  fuzziness = $state(40); // 0 .. 255, of the colour range
  cropRatio = $state<RatioId>('free');
  /** Px of the picture that may be redrawn where it is extended; null for as many as its border asks for. */
  overlap = $state<number | null>(null);
  extendForPieces = $state(false); // whether the canvas grows for pieces that reach past it
  straightening = $state(false); // whether the next drag of the crop tool draws a line that becomes level

  /** Does with the current tool, at the cell of the keyboard, what a click there does; the toolbox sets it. */
  press: (() => void) | null = null;

  active = $derived<ToolId>(this.temporary ?? this.chosen);

  /** How the tools are set, as plain JSON. */
  values(): Record<string, unknown> {
    return persistedValues(this, PERSISTED);
  }

  /** Takes over what is known and can be; the rest stays as it is. */
  restore(values: unknown): void {
    restorePersisted(this, PERSISTED, values);
  }
}

const PERSISTED = {
  hardness: isNumber(0, 1),
  opacity: isNumber(0, 1),
  pressure: isSwitch,
  tolerance: isNumber(0, 255),
  contiguous: isSwitch,
  fuzziness: isNumber(0, 255),
  overlap: (value: unknown) => value === null || isNumber(0, MOST_OVERLAP)(value),
  extendForPieces: isSwitch,
  cropRatio: isOneOf(RATIOS.map(({ id }) => id)),
};
