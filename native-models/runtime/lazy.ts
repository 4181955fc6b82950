/** A value that is made on first use and shared afterwards. */
export interface Lazy<T> {
  /** The value; makes it unless that has been done. A failure is not kept, so the next call tries again. */
  get(): Promise<T>;
  /** Forgets the value and gives it to `free`, if there is one. */
  release(free: (value: T) => Promise<void>): Promise<void>;
}

/** Memoises the promise, not the value, so that two callers at once share one attempt. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | null = null;
  return {
    get() {
      if (made) return made;
      const attempt = make();
      made = attempt;
      attempt.catch(() => {
        if (made === attempt) made = null;
      });
      return attempt;
    },
    async release(free) {
      const held = made;
      made = null;
      if (!held) return;
      const value = await held.catch(() => null);
      if (value !== null) await free(value);
    },
  };
}
