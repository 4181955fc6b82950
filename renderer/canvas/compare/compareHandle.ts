import type { Editor } from '../../state/editor.svelte.ts';
import { spoken, translated } from '../../state/texts.svelte.ts';
import { watch } from '../watch.svelte.ts';

const STEP = 0.02; // of the canvas view, that an arrow key moves the line

/** The line between the original and the picture as it is, while both are shown: a slider, also for the keyboard. */
export class CompareHandle {
  private readonly host: HTMLElement;
  private readonly editor: Editor;
  private readonly handle = document.createElement('div');
  private readonly original = side('original');
  private readonly now = side('now');
  private readonly stop: () => void;

  constructor(host: HTMLElement, editor: Editor) {
    this.host = host;
    this.editor = editor;
    const { handle } = this;
    handle.className = 'compare-handle';
    handle.tabIndex = 0;
    setAttributes(handle, {
      role: 'slider',
      'aria-orientation': 'horizontal',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    });
    handle.append(this.original, this.now);
    this.listen();
    host.append(handle);
    this.stop = watch(
      () => ({ split: editor.active ? splitOf(editor) : null, language: spoken.locale }),
      ({ split }) => {
        this.show(split);
      },
    );
  }

  destroy(): void {
    this.stop();
    this.handle.remove();
  }

  private show(split: number | null): void {
    const { handle } = this;
    handle.hidden = split === null;
    if (split === null) return;
    handle.style.left = `${split * 100}%`;
    const percent = Math.round(split * 100);
    setAttributes(handle, {
      'aria-label': translated('Left of this line is the original'),
      'aria-valuenow': `${percent}`,
      'aria-valuetext': translated(`${percent} % from the left`),
    });
    this.original.textContent = translated('Original');
    this.now.textContent = translated('Now');
  }

  private listen(): void {
    const { handle } = this;
    handle.addEventListener('pointerdown', (event) => {
      event.stopPropagation(); // no tool takes it
      if (event.button === 0) handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      event.stopPropagation();
      const { left, width } = this.host.getBoundingClientRect();
      this.move((event.clientX - left) / width);
    });
    handle.addEventListener('pointerup', (event) => {
      event.stopPropagation();
    });
    handle.addEventListener('keydown', (event) => {
      const split = splitFor(event.key, splitOf(this.editor) ?? 0);
      if (split === null) return;
      event.preventDefault();
      this.move(split);
    });
  }

  private move(split: number): void {
    this.editor.compare = { split: Math.min(1, Math.max(0, split)) };
  }
}

function splitOf({ compare }: Editor): number | null {
  return compare === null || compare === 'original' ? null : compare.split;
}

/** Where a key moves the line; null if it is none of the slider's. */
export function splitFor(key: string, split: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return split - STEP;
    case 'ArrowRight':
    case 'ArrowUp':
      return split + STEP;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return null;
  }
}

function side(name: 'original' | 'now'): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

function setAttributes(element: HTMLElement, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
