import type { Module } from './module.ts';

/** Where frames come from: the window. */
export interface Frames {
  request(callback: (time: number) => void): number;
  cancel(id: number): void;
  now(): number; // ms
  after(ms: number, callback: () => void): void;
}

export const windowFrames: Frames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (id) => {
    cancelAnimationFrame(id);
  },
  now: () => performance.now(),
  after: (ms, callback) => {
    setTimeout(callback, ms);
  },
};

/** Renders modules that asked for it, all in the next frame, and draws or hides each of their layers once. */
export class Repainter {
  private readonly frames: Frames;
  private readonly modules = new Set<Module>();
  private readonly waiting = new Set<Module>();
  private asked: number | null = null;
  private ended = false;

  constructor(frames: Frames) {
    this.frames = frames;
  }

  request(module: Module): void {
    if (this.ended) return;
    this.modules.add(module);
    this.waiting.add(module);
    this.asked ??= this.frames.request((time) => {
      this.paint(time);
    });
  }

  /** Paints what is waiting now, not in the next frame: a layer that was resized is blank. */
  flush(): void {
    if (this.asked !== null) this.frames.cancel(this.asked);
    this.paint(this.frames.now());
  }

  destroy(): void {
    this.ended = true;
    if (this.asked !== null) this.frames.cancel(this.asked);
  }

  private paint(time: number): void {
    this.asked = null;
    const modules = [...this.waiting];
    this.waiting.clear();
    for (const module of modules) this.again(module, module.render(time));
    for (const layer of new Set(modules.map((module) => module.layer))) {
      const shown = [...this.modules].some((module) => module.layer === layer && module.shown);
      layer.draw(shown);
    }
  }

  private again(module: Module, wait: number | null): void {
    if (wait === null) return;
    if (wait <= 0) this.request(module);
    else {
      this.frames.after(wait, () => {
        this.request(module);
      });
    }
  }
}
