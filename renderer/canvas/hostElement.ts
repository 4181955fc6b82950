import type { Editor } from '../state/editor.svelte.ts';
import { watch } from './watch.svelte.ts';

/** Makes an element the picture's place: focusable, named, with room for the layers. */
export class HostElement {
  readonly layers = document.createElement('div');
  private readonly host: HTMLElement;
  private readonly stop: () => void;

  constructor(host: HTMLElement, editor: Editor) {
    this.host = host;
    host.classList.add('picture-canvas');
    host.tabIndex = 0;
    host.setAttribute('role', 'application');
    host.setAttribute('aria-roledescription', 'canvas');
    this.layers.className = 'layers';
    this.layers.setAttribute('aria-hidden', 'true');
    host.append(this.layers);
    this.stop = watch(
      () => nameOf(editor),
      (name) => {
        host.setAttribute('aria-label', name);
      },
    );
  }

  destroy(): void {
    this.stop();
    this.layers.remove();
    this.host.classList.remove('picture-canvas');
  }
}

function nameOf({ active }: Editor): string {
  if (!active) return 'No picture is open';
  const { width, height } = active.current.canvas;
  return `${active.name}, ${width} by ${height} pixels. The arrow keys move the view.`;
}
