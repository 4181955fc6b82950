import type { Frame } from '../../core/frames/frame.ts';
import type { Rect } from '../../core/base/geometry.ts';
import type { TokenEdit } from '../../core/tokens/edit.ts';
import type { CombineMode, ToolId } from '../state/tools.svelte.ts';
import type { Point } from '../state/view.svelte.ts';

/** What a pointer does, without the page that it does it on. */
export interface PointerInput {
  readonly x: number; // document px, not rounded: the pixel is its floor
  readonly y: number;
  readonly screen: Point; // CSS px from the canvas's top left corner
  readonly pressure: number; // 0 .. 1; 1 where the device has none
  readonly shift: boolean;
  readonly alt: boolean;
  readonly buttons: number; // as in PointerEvent
  readonly time: number; // ms
}

export type Keys = Pick<PointerInput, 'shift' | 'alt'>;

/**
 * A pointer tool: a small state machine. `down` begins a gesture, `move` goes on while the button is held, `up` ends it;
 * `hover` comes while no button is held. `cancel` gives up whatever is under way and leaves the document as it was.
 */
export interface Tool {
  readonly id: ToolId | 'float';
  down(input: PointerInput): void;
  move(input: PointerInput): void;
  up(input: PointerInput): void;
  hover(input: PointerInput): void;
  /** The pointer has left the canvas. */
  leave?(): void;
  double?(input: PointerInput): void;
  cancel(): void;
  /** An arrow key, as a step of one; says whether it was for the tool. */
  nudge?(step: Point, shift: boolean): boolean;
  /** A click at the cell that the keyboard is at; a drag begins with one and ends with the next. */
  press?(): void;
  /** How what is begun with these keys would meet the selection; null where that goes without saying. */
  mode?(keys: Keys): CombineMode | null;
  /** The CSS cursor over the canvas; 'none' where a overlay stands for it. */
  cursor(): string;
  /** What is to be drawn over the picture just now. */
  overlays(): readonly Overlay[];
}

/** Something that a tool wants seen: outlines that the canvas draws. All is document px. */
export type Overlay =
  | { readonly kind: 'brush'; readonly centre: Point; readonly size: number; readonly hardness: number }
  | { readonly kind: 'mode'; readonly at: Point; readonly mode: CombineMode }
  | { readonly kind: 'note'; readonly at: Point; readonly text: string } // why nothing can be done there
  | { readonly kind: 'line'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'rectangle' | 'ellipse'; readonly rect: Rect }
  | { readonly kind: 'path'; readonly points: readonly Point[]; readonly corners: boolean } // marked
  | { readonly kind: 'frame'; readonly frame: Frame } // instead of the one that is shown
  | { readonly kind: 'canvas'; readonly rect: Rect } // what the picture is about to become
  | { readonly kind: 'footprint'; readonly rect: Rect } // of the tokens under the pointer
  | { readonly kind: 'tokens'; readonly frame: Frame; readonly edit: TokenEdit } // as they would be painted
  | {
      readonly kind: 'cells'; // something is about to be done to them
      readonly frame: Frame;
      readonly cells: ReadonlySet<number>;
      readonly sign: CellSign;
    };

export type CellSign = 'erase' | 'restore' | 'pin' | 'unpin' | 'mix';
