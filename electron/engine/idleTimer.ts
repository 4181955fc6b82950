/** Notices that something has not been used for a while. */
export interface IdleTimer {
  /** Counts as use until `work` has ended. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** @param idle called when it has not been used for `timeout` ms */
export function createIdleTimer(timeout: number, idle: () => void): IdleTimer {
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
        if (users === 0) timer = setTimeout(idle, timeout).unref(); // it does not keep the process alive
      }
    },
  };
}
