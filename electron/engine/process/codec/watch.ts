/** Notices that there has been no sign of life for a while. */
export interface Watch {
  readonly hung: Promise<void>; // never settles while all is well
  alive(): void;
  end(): void;
}

/** @param patience ms */
export function createWatch(patience: number): Watch {
  let give: () => void;
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<void>((resolve) => (give = resolve));
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(give, patience);
  };
  alive();
  return {
    hung,
    alive,
    end() {
      clearTimeout(timer);
    },
  };
}
