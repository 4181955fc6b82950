const PAUSE = 1000; // ms after which another number begins

/** Gathers digits that are typed one after the other; each call gives the number so far. */
export function digitTyping(now: () => number): (digit: string) => number {
  let typed = '';
  let at = -Infinity;
  return (digit) => {
    const time = now();
    typed = time - at > PAUSE ? digit : typed + digit;
    at = time;
    return Number(typed);
  };
}
