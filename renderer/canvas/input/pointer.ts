import type { Editor } from '../../state/editor.svelte.ts';
import type { PointerInput } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { View } from '../../state/view.svelte.ts';

/** Brings what the pointer does over `host` to the tools; `changed` is called when that may have changed what they show. */
export class PointerBinding {
  private readonly host: HTMLElement;
  private readonly editor: Editor;
  private readonly toolbox: Toolbox;
  private readonly changed: () => void;
  private readonly stop = new AbortController();
  private last: PointerLike | null = null; // while the pointer is over the canvas

  constructor(host: HTMLElement, editor: Editor, toolbox: Toolbox, changed: () => void) {
    this.host = host;
    this.editor = editor;
    this.toolbox = toolbox;
    this.changed = changed;
    this.listen('pointerdown', (event) => {
      this.down(event);
    });
    this.listen('pointermove', (event) => {
      this.move(event);
    });
    this.listen('pointerup', (event) => {
      this.withInput(event, (input) => {
        toolbox.up(input, event.button);
      });
    });
    this.listen('pointercancel', () => {
      this.giveUp();
    });
    this.listen('pointerleave', () => {
      this.leave();
    });
    this.listen('dblclick', (event) => {
      this.withInput(event, (input) => {
        toolbox.double(input);
      });
    });
    this.listen('wheel', (event) => {
      this.zoom(event);
    });
    this.listen('contextmenu', (event) => {
      event.preventDefault();
    });
    for (const type of ['keydown', 'keyup'] as const) {
      addEventListener(
        type,
        (event) => {
          this.keys(event);
        },
        { signal: this.stop.signal },
      );
    }
  }

  /** The view moved under a pointer that stands still. */
  viewMoved(): void {
    if (this.last && !this.toolbox.isBusy) this.send([this.last]);
  }

  destroy(): void {
    this.stop.abort();
  }

  private down(event: PointerEvent): void {
    if (event.button === 1) event.preventDefault(); // no autoscroll
    this.withInput(event, (input) => {
      this.host.setPointerCapture(event.pointerId);
      this.toolbox.down(input, event.button);
    });
  }

  private move(event: PointerEvent): void {
    // The button was released outside the window.
    if (this.toolbox.isBusy && event.buttons === 0) {
      this.withInput(event, (input) => {
        this.toolbox.end(input);
      });
    }
    const all = event.getCoalescedEvents();
    this.send(all.length > 0 ? all : [event]);
  }

  /** Shift and Alt count also while the pointer stands still. */
  private keys({ key, shiftKey, altKey }: KeyboardEvent): void {
    if (!this.last || (key !== 'Shift' && key !== 'Alt')) return;
    const { clientX, clientY, buttons, timeStamp, pointerType, pressure } = this.last;
    this.send([{ clientX, clientY, buttons, timeStamp, pointerType, pressure, shiftKey, altKey }]);
  }

  /** Tells the tools where the pointer was, one after the other. */
  private send(events: readonly PointerLike[]): void {
    this.last = events.at(-1)!;
    const view = this.editor.active?.view;
    if (!view) return;
    const corner = this.host.getBoundingClientRect();
    const inputs = events.map((event) => pointerInput(event, view, corner));
    this.toolbox.move(inputs);
    this.editor.pointer = view.toDocument(inputs.at(-1)!.screen); // the tool may have moved the view
    this.changed();
  }

  private leave(): void {
    this.last = null;
    this.editor.pointer = null;
    this.toolbox.leave();
    this.changed();
  }

  private giveUp(): void {
    this.toolbox.cancel();
    this.changed();
  }

  private zoom(event: WheelEvent): void {
    event.preventDefault();
    this.withInput(event, ({ screen }) => {
      const view = this.editor.active!.view;
      // With Shift the wheel goes sideways; some systems say so themselves.
      if (event.shiftKey) view.panBy({ x: -event.deltaX - event.deltaY, y: 0 });
      else if (event.deltaY !== 0) view.zoomTo(view.zoom * wheelFactor(event), screen);
      else view.panBy({ x: -event.deltaX, y: 0 });
    });
  }

  private withInput(event: PointerLike, act: (input: PointerInput) => void): void {
    const view = this.editor.active?.view;
    if (!view) return;
    act(pointerInput(event, view, this.host.getBoundingClientRect()));
    this.changed();
  }

  private listen<E extends keyof HTMLElementEventMap>(
    type: E,
    listener: (event: HTMLElementEventMap[E]) => void,
  ): void {
    this.host.addEventListener(type, listener, { signal: this.stop.signal, passive: false });
  }
}

/** The part of a PointerEvent or MouseEvent that tools are told. */
interface PointerLike {
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

/** The part of a WheelEvent that says how far the wheel was turned. */
interface WheelLike {
  readonly deltaY: number;
  readonly deltaMode: number; // 0 px, 1 lines, 2 pages
  readonly ctrlKey: boolean; // also while two fingers pinch
}

const LINE = 40; // px
const PAGE = 400; // px
const WHEEL = 1 / 550; // of a doubling's logarithm, per px: a notch of a mouse zooms by about a fifth
const PINCH = 1 / 100; // pinches come in small steps
const MOST = 240; // px that count of one event, for wheels that leap

/** The factor that a turn of the wheel zooms by; small steps add up to the same as a large one. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: WheelLike): number {
  const px = deltaY * (deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1);
  const turn = Math.min(MOST, Math.max(-MOST, px));
  // Mice with Ctrl held turn as far as without it.
  const rate = ctrlKey && Math.abs(turn) < LINE ? PINCH : WHEEL;
  return Math.exp(-turn * rate);
}
