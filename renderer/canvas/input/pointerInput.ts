import type { PointerInput } from '../../tools/tool.ts';
import type { View } from '../../state/view.svelte.ts';

/** The part of a PointerEvent or MouseEvent that tools are told. */
export interface PointerLike {
  readonly clientX: number; // CSS px
  readonly clientY: number;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly buttons: number;
  readonly timeStamp: number; // ms
  readonly pointerType?: string | undefined;
  readonly pressure?: number | undefined; // 0 .. 1
}

/** What an event means in the document. `corner` is the canvas's top left corner, CSS px of the window. */
export function pointerInput(
  event: PointerLike,
  view: Pick<View, 'toDocument'>,
  corner: { readonly left: number; readonly top: number },
): PointerInput {
  const screen = { x: event.clientX - corner.left, y: event.clientY - corner.top };
  const { x, y } = view.toDocument(screen);
  // Of the devices only pens feel pressure; the others tell 0.5 while a button is down.
  const pressure = event.pointerType === 'pen' ? (event.pressure ?? 1) : 1;
  const { shiftKey: shift, altKey: alt, buttons, timeStamp: time } = event;
  return { x, y, screen, pressure, shift, alt, buttons, time };
}
