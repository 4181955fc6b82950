import type { Editor } from '../state/editor.svelte.ts';
import { watch } from './watch.svelte.ts';

/** Makes an element the picture's place: focusable, named, with room for the layers. */
export class HostElement {
  readonly sheets = document.createElement('div'); // of rasters
  readonly stage = document.createElement('div'); // over them
  private readonly host: HTMLElement;
  private readonly stop: () => void;

  constructor(host: HTMLElement, editor: Editor) {
    this.host = host;
    host.classList.add('picture-canvas');
    host.tabIndex = 0;
    host.setAttribute('role', 'application');
    host.setAttribute('aria-roledescription', 'canvas');
    for (const layers of [this.sheets, this.stage]) {
      layers.className = 'layers';
      layers.setAttribute('aria-hidden', 'true');
      host.append(layers);
    }
    this.stop = watch(
      () => nameOf(editor),
      (name) => {
        host.setAttribute('aria-label', name);
      },
    );
  }

  destroy(): void {
    this.stop();
    this.sheets.remove();
    this.stage.remove();
    this.host.classList.remove('picture-canvas');
  }
}

function nameOf({ active }: Editor): string {
  if (!active) return 'No picture is open';
  const { width, height } = active.current.canvas;
  return `${active.name}, ${width} by ${height} pixels. The arrow keys move the view.`;
}
