import { expectWhole } from './picture.ts';

/**
 * Unpacks a row of PackBits (TIFF 6.0, section 9) into `row`; what goes beyond its end is left out.
 * @throws Damaged where the data does not fill it
 */
export function unpackBits(data: Uint8Array, row: Uint8Array): void {
  let to = 0;
  for (let at = 0; to < row.length;) {
    expectWhole(at + 1 < data.length, 'a row that ends early');
    const count = data[at++]!;
    if (count === 128) continue; // means nothing
    if (count < 128) {
      const bytes = data.subarray(at, at + count + 1);
      row.set(bytes.subarray(0, row.length - to), to);
      at += count + 1;
      to += bytes.length;
    } else {
      row.fill(data[at++]!, to, to + 257 - count);
      to += 257 - count;
    }
  }
}
