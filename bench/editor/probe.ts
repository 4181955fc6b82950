import type { Page } from '@playwright/test';

/** What the page saw of events that it handled together. Times are the page's own, ms. */
export interface Seen {
  readonly made: readonly number[]; // when the browser made each of them
  readonly painted: number; // when the page had drawn the frame that came next
  readonly work: number; // ms that the page's thread spent on handling them and on that frame
}

/** Looks on from within the page, by what any page has: events, frames, and changes of its elements. */
interface Probe {
  /** From now on, events of this type are what `seen` holds. */
  watch(type: string): void;
  seen: Seen[];
  /** Tasks since then that took 50 ms or more, ms. */
  longTasks: number[];
  /** Waits for a picture to be shown in full; gives ms since the key that asked for it. */
  awaitPicture(name: string): void;
  picture: Promise<number>;
  /** Waits until nothing asks for frames any more; gives when the last was drawn. */
  settle(): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

const AFTERMATH = 400; // ms in which what was put off until a stroke is over should be done

export async function installProbe(page: Page): Promise<void> {
  await page.evaluate(install);
}

/** What the page sees of one type of event while `work` goes on. */
export async function watchEvents(page: Page, type: string, work: () => Promise<void>): Promise<Seen[]> {
  await page.evaluate((type) => {
    window.probe.watch(type);
  }, type);
  await work();
  await settle(page);
  return page.evaluate(() => window.probe.seen);
}

/** The longest that the page's thread was busy without a break since `watchEvents` began, ms; 0 if never 50 ms. */
export async function longestTask(page: Page): Promise<number> {
  await page.waitForTimeout(AFTERMATH);
  return page.evaluate(() => Math.max(0, ...window.probe.longTasks));
}

export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => window.probe.settle());
}

/** Runs in the page, by itself: nothing of this module is there. */
function install(): void {
  const QUIET = 4; // frames
  const nextFrame = window.requestAnimationFrame.bind(window);
  const cancelFrame = window.cancelAnimationFrame.bind(window);
  const asked = new Set<number>();
  let drawn = 0;
  window.requestAnimationFrame = (callback) => {
    const id = nextFrame((time) => {
      asked.delete(id);
      callback(time);
      void afterTask().then((now) => (drawn = now));
    });
    asked.add(id);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    asked.delete(id);
    cancelFrame(id);
  };

  let watched = '';
  const probe: Probe = {
    seen: [],
    longTasks: [],
    watch(type) {
      if (watched !== '') window.removeEventListener(watched, record, true);
      watched = type;
      probe.seen = [];
      probe.longTasks = [];
      window.addEventListener(type, record, true);
    },
    picture: Promise.resolve(0),
    awaitPicture(name) {
      probe.picture = pictureShown(name);
    },
    settle,
  };
  window.probe = probe;
  new PerformanceObserver((list) => {
    probe.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });

  /** When what the thread is doing now is over: a handler and what it left to do at once, or a frame. */
  function afterTask(): Promise<number> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        resolve(performance.now());
        port1.close();
      };
      port2.postMessage(null);
    });
  }

  function frame(): Promise<number> {
    return new Promise((resolve) => {
      nextFrame(() => {
        resolve(performance.now());
      });
    });
  }

  function record(event: Event): void {
    const began = performance.now();
    const coalesced = event instanceof PointerEvent ? event.getCoalescedEvents() : [];
    const made = coalesced.length > 0 ? coalesced.map(({ timeStamp }) => timeStamp) : [event.timeStamp];
    void follow(made, began);
  }

  async function follow(made: number[], began: number): Promise<void> {
    const handled = afterTask();
    const frameBegan = await frame();
    const painted = await afterTask();
    // The browser keeps moves until a frame begins: then handling them and drawing are one task.
    const handling = Math.min(await handled, frameBegan) - began;
    probe.seen.push({ made, painted, work: handling + painted - frameBegan });
  }

  async function settle(): Promise<number> {
    for (let quiet = 0; quiet < QUIET;) {
      await frame();
      quiet = asked.size > 0 ? 0 : quiet + 1;
    }
    return drawn;
  }

  function pictureShown(name: string): Promise<number> {
    return new Promise((resolve) => {
      let began = 0;
      const key = ({ timeStamp }: KeyboardEvent): void => {
        began = timeStamp;
      };
      window.addEventListener('keydown', key, true);
      const observer = new MutationObserver(() => {
        if (!document.querySelector(`[role=application][aria-label^="${name},"]`)) return;
        observer.disconnect();
        window.removeEventListener('keydown', key, true);
        resolve(settle().then((end) => end - began));
      });
      observer.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
    });
  }
}
