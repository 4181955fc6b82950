import { flushSync } from 'svelte';
import type { Rect } from '../../core/base/geometry.ts';
import { uniteRects } from '../../core/base/geometry.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Scene } from './scene.ts';
import { watch } from './watch.svelte.ts';

/** Keeps the layers and the view of the active document as large as their place, at the screen's own resolution. */
export class Sizing {
  private readonly host: HTMLElement;
  private readonly scene: Scene;
  private readonly fitted = new WeakMap<OpenDocument, Rect>(); // the canvas when it was last looked at
  private readonly observer = new ResizeObserver(() => {
    this.resize();
  });
  private readonly stops: (() => void)[];

  constructor(host: HTMLElement, scene: Scene) {
    this.host = host;
    this.scene = scene;
    this.observer.observe(host);
    this.stops = [
      watch(
        () => scene.editor.active,
        (document) => {
          if (document) this.measure(document);
        },
      ),
      watch(
        () =>
          scene.editor.active && {
            document: scene.editor.active,
            canvas: scene.editor.active.current.canvas,
          },
        (now) => {
          if (now) this.followCanvas(now.document, now.canvas);
        },
      ),
      this.watchResolution(),
    ];
  }

  destroy(): void {
    this.observer.disconnect();
    for (const stop of this.stops) stop();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth === 0 || clientHeight === 0) return;
    const { editor, stage, repainter } = this.scene;
    stage.resize(clientWidth, clientHeight);
    if (editor.active) this.measure(editor.active);
    // The layers are blank now: what follows from the new size is drawn before the page is.
    flushSync();
    repainter.flush();
  }

  /** A document that is seen for the first time is shown whole. */
  private measure(document: OpenDocument): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    document.view.resize({ width, height });
    if (this.fitted.has(document)) {
      const filled = filledRect(document);
      if (filled) document.view.panInto(filled); // the strip of candidates may have come up over it
      return;
    }
    this.fitted.set(document, document.current.canvas);
    document.view.fit(document.current.canvas);
  }

  /** A picture that was seen whole is still when it was cropped, extended, or that was undone. */
  private followCanvas(document: OpenDocument, canvas: Rect): void {
    const before = this.fitted.get(document);
    if (!before || before === canvas) return;
    this.fitted.set(document, canvas);
    document.view.refit(before, canvas);
  }

  /** Follows the window from one screen to another, and the zoom of the page. */
  private watchResolution(): () => void {
    const stop = new AbortController();
    const follow = (): void => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
        'change',
        () => {
          this.resize();
          follow();
        },
        { once: true, signal: stop.signal },
      );
    };
    follow();
    return () => {
      stop.abort();
    };
  }
}

/** What is being filled, or waits to be accepted, document px. */
function filledRect({ fill }: OpenDocument): Rect | null {
  const plans = fill.job?.plans ?? fill.current?.order.plans ?? [];
  return plans
    .map(({ bounds }) => bounds)
    .reduce<Rect | null>((all, rect) => (all ? uniteRects(all, rect) : rect), null);
}
