/** A page of a TIFF: samples of 8 bits, interleaved and not compressed. */
export interface Page {
  readonly width: number; // px
  readonly height: number; // px
  readonly photometric: number;
  readonly data: Uint8Array | Uint16Array; // [height, width, samples]
  readonly extra?: number; // what the last sample is
  readonly tags?: readonly Tag[]; // beside those that every page has
}

export type Tag = readonly [tag: number, type: 2 | 3 | 4 | 5, values: readonly number[] | string];

const SIZES = { 2: 1, 3: 2, 4: 4, 5: 8 } as const;

/** A TIFF file (little-endian) of some pages. */
export function makeTiff(pages: readonly Page[]): Uint8Array {
  const bytes: number[] = [0x49, 0x49, 42, 0];
  const word = (value: number): number[] => [
    value & 255,
    (value >> 8) & 255,
    (value >> 16) & 255,
    value >>> 24,
  ];
  let link = 4; // where the place of the next directory is told
  bytes.push(0, 0, 0, 0);
  const put = (at: number, values: readonly number[]): void => {
    for (const [i, value] of values.entries()) bytes[at + i] = value;
  };
  for (const { width, height, photometric, data, extra, tags = [] } of pages) {
    const samples = data.length / width / height;
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const strip = bytes.length;
    for (const value of pixels) bytes.push(value);
    const all: Tag[] = [
      [256, 4, [width]],
      [257, 4, [height]],
      [258, 3, Array<number>(samples).fill(data.BYTES_PER_ELEMENT * 8)],
      [259, 3, [1]],
      [262, 3, [photometric]],
      [273, 4, [strip]],
      [277, 3, [samples]],
      [278, 4, [height]],
      [279, 4, [pixels.length]],
      ...(extra === undefined ? [] : [[338, 3, [extra]] as Tag]),
      ...tags,
    ];
    const entries = all
      .sort(([a], [b]) => a - b)
      .map(([tag, type, given]) => {
        const values = typeof given === 'string' ? [...Buffer.from(`${given}\0`)] : given;
        const content = values.flatMap((value) => {
          if (type === 5) return [...word(value), ...word(1)];
          return word(value).slice(0, SIZES[type]);
        });
        const field = content.length <= 4 ? [...content, 0, 0, 0].slice(0, 4) : word(bytes.length);
        if (content.length > 4) bytes.push(...content);
        return [...word(tag).slice(0, 2), ...word(type).slice(0, 2), ...word(values.length), ...field];
      });
    if (bytes.length % 2 === 1) bytes.push(0);
    put(link, word(bytes.length));
    bytes.push(...word(entries.length).slice(0, 2), ...entries.flat());
    link = bytes.length;
    bytes.push(0, 0, 0, 0);
  }
  return Uint8Array.from(bytes);
}

/** Samples of one colour. */
export function filled(width: number, height: number, colour: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: width * height * colour.length }, (_, i) => colour[i % colour.length]!);
}
