/** Notices that something has not been used for a while. */
export interface IdleTimer {
  /** Counts as use until `work` has ended. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** @param idle called once nobody has used it for `patience` ms */
export function createIdleTimer(patience: number, idle: () => void): IdleTimer {
  let users = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    async during(work) {
      users++;
      clearTimeout(timer);
      try {
        return await work();
      } finally {
        users--;
        if (users === 0) timer = setTimeout(idle, patience).unref(); // nobody waits for it to exit
      }
    },
  };
}
