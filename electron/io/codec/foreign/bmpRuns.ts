import { expectWhole } from './picture.ts';

const END_OF_ROW = 0;
const END = 1;
const SKIP = 2; // to the right and on

/**
 * The indices of a BMP of run lengths of 8 or 4 bits, in the order of its rows; what no run reaches is 0.
 * @throws Damaged where the data ends before the picture does
 */
export function runLengthIndices(
  data: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  bits: 4 | 8,
): Uint8Array {
  const out = new Uint8Array(width * height);
  let [x, y] = [0, 0];
  const lay = (index: number): void => {
    if (x < width && y < height) out[y * width + x] = index;
    x++;
  };
  for (let at = 0; y < height;) {
    expectWhole(at + 2 <= data.length, 'runs that end early');
    const [count, code] = [data[at]!, data[at + 1]!];
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) lay(indexAt(code, i, bits));
    } else if (code === END_OF_ROW) {
      [x, y] = [0, y + 1];
    } else if (code === END) {
      break;
    } else if (code === SKIP) {
      expectWhole(at + 2 <= data.length, 'runs that end early');
      [x, y] = [x + data[at]!, y + data[at + 1]!];
      at += 2;
    } else {
      const bytes = Math.ceil((code * bits) / 8);
      expectWhole(at + bytes <= data.length, 'runs that end early');
      for (let i = 0; i < code; i++) lay(bits === 8 ? data[at + i]! : indexAt(data[at + (i >> 1)]!, i, bits));
      at += bytes + (bytes & 1); // to an even place
    }
  }
  return out;
}

/** Of a byte that stands for pixels in turn, that of the i-th. */
function indexAt(byte: number, i: number, bits: 4 | 8): number {
  if (bits === 8) return byte;
  return i % 2 === 0 ? byte >> 4 : byte & 15;
}
