import type { Attachment } from 'svelte/attachments';

/** What a tooltip says. */
export interface Tip {
  readonly title: string;
  readonly keys?: string; // as people read them: 'Ctrl+Z'
  readonly hint?: string; // one sentence
  readonly side?: 'below' | 'right';
}

const DELAY = 450; // ms of rest before the first one shows
const AFTERGLOW = 300; // ms in which the next one shows at once

/** The one tooltip that is shown at a time; TooltipLayer.svelte draws it. */
class Tips {
  shown = $state.raw<{ readonly tip: Tip; readonly anchor: Element } | null>(null);
  private timer = 0;
  private hiddenAt = 0;

  show(tip: Tip, anchor: Element, delay: number): void {
    window.clearTimeout(this.timer);
    const soon = this.shown !== null || performance.now() - this.hiddenAt < AFTERGLOW;
    this.timer = window.setTimeout(() => (this.shown = { tip, anchor }), soon ? 0 : delay);
  }

  hide(anchor: Element): void {
    window.clearTimeout(this.timer);
    if (this.shown?.anchor !== anchor) return;
    this.shown = null;
    this.hiddenAt = performance.now();
  }
}

export const tips = new Tips();

/** Shows a tooltip while the pointer rests on an element or the keyboard's focus is on it. */
export function tooltip(tip: Tip): Attachment<HTMLElement> {
  return (element) => {
    const enter = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') tips.show(tip, element, DELAY);
    };
    const focus = (): void => {
      if (element.querySelector(':focus-visible') !== null || element.matches(':focus-visible'))
        tips.show(tip, element, DELAY);
    };
    const leave = (): void => {
      tips.hide(element);
    };
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerenter', enter, { signal });
    element.addEventListener('focusin', focus, { signal });
    for (const end of ['pointerleave', 'pointerdown', 'focusout', 'keydown'] as const)
      element.addEventListener(end, leave, { signal });
    return () => {
      leave();
      stop.abort();
    };
  };
}
