import type { Editor } from '../state/editor.svelte.ts';
import { translated } from '../state/texts.svelte.ts';
import { watch } from './watch.svelte.ts';

/** Makes an element the picture's place: focusable, named, with room for the layers. */
export class HostElement {
  readonly layers = document.createElement('div'); // of rasters
  readonly stage = document.createElement('div'); // over them
  private readonly host: HTMLElement;
  private readonly stopNaming: () => void;
  private readonly stop = new AbortController();

  constructor(host: HTMLElement, editor: Editor) {
    this.host = host;
    host.classList.add('picture-canvas');
    host.tabIndex = 0;
    host.setAttribute('role', 'application');
    host.setAttribute('aria-roledescription', 'canvas');
    for (const element of [this.layers, this.stage]) {
      element.className = 'layers';
      element.setAttribute('aria-hidden', 'true');
      host.append(element);
    }
    this.markFocus();
    this.stopNaming = watch(
      () => nameOf(editor),
      (name) => {
        host.setAttribute('aria-label', name);
      },
    );
  }

  destroy(): void {
    this.stopNaming();
    this.stop.abort();
    this.layers.remove();
    this.stage.remove();
    this.host.classList.remove('picture-canvas', 'focused');
  }

  /** The focus is marked where the keyboard put it. Where the pointer did, a shortcut is no reason to mark it after all. */
  private markFocus(): void {
    const { host } = this;
    const { signal } = this.stop;
    const mark = (): void => {
      host.classList.toggle('focused', host.matches(':focus-visible'));
    };
    host.addEventListener('focus', mark, { signal });
    for (const type of ['blur', 'pointerdown'] as const) {
      host.addEventListener(
        type,
        () => {
          host.classList.remove('focused');
        },
        { signal },
      );
    }
  }
}

function nameOf({ active }: Editor): string {
  if (!active) return translated('No picture is open');
  const { width, height } = active.current.canvas;
  return translated(
    `${active.name}, ${width} by ${height} pixels. The arrow keys move the view. Shift and Enter show a pointer that they move for the tool; press again to begin, and to end.`,
  );
}
