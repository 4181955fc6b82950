import type { Editor } from '../../state/editor.svelte.ts';
import type { PointerInput } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { pointerInput, type PointerLike } from './pointerInput.ts';
import { wheelFactor } from './wheelZoom.ts';

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
    // The button was let go where nobody saw it.
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
      // With Shift the wheel goes sideways, and turns into deltaX on some systems.
      if (event.deltaY !== 0) view.zoomTo(view.zoom * wheelFactor(event), screen);
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
