/** What a Photoshop file is made of. */
interface PsdParts {
  readonly width: number; // px
  readonly height: number; // px
  readonly mode: number; // 3: RGB
  readonly planes: readonly (readonly number[])[]; // samples, channel after channel
  readonly depth?: 1 | 8 | 16;
  readonly isLarge?: boolean; // PSB
  readonly isPacked?: boolean; // PackBits, as single bytes
  readonly palette?: readonly number[];
  readonly resources?: readonly (readonly [id: number, bytes: Uint8Array])[];
  readonly layers?: number; // negative: with transparency
  readonly compression?: number;
}

/** A Photoshop file with its merged picture. */
export function makePsd(parts: PsdParts): Uint8Array {
  const { width, height, mode, planes, depth = 8, isLarge = false, isPacked = false } = parts;
  const resources = (parts.resources ?? []).map(([id, bytes]) =>
    Buffer.concat([
      Buffer.from('8BIM', 'latin1'),
      numbers(2, id),
      Buffer.alloc(2),
      numbers(4, bytes.length),
      bytes,
      Buffer.alloc(bytes.length & 1),
    ]),
  );
  const unit = isLarge ? 8 : 4;
  const layers = parts.layers === undefined ? Buffer.alloc(0) : layerSection(parts.layers, depth, unit);
  const header = [
    numbers(2, isLarge ? 2 : 1),
    Buffer.alloc(6),
    numbers(2, planes.length),
    numbers(4, height, width),
  ];
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('8BPS', 'latin1'),
      ...header,
      numbers(2, depth, mode),
      section(4, Buffer.from(parts.palette ?? [])),
      section(4, Buffer.concat(resources)),
      section(unit, layers),
      numbers(2, parts.compression ?? (isPacked ? 1 : 0)),
      ...pixels(parts, isPacked, isLarge),
    ]),
  );
}

/** Of 8 bits layers come first; of 16 they lie in a block of their own, after an empty mask. */
function layerSection(count: number, depth: number, unit: 4 | 8): Buffer {
  const layers = numbers(2, count & 0xffff);
  if (depth !== 16) return Buffer.concat([section(unit, layers), numbers(4, 0)]);
  const block = Buffer.concat([
    Buffer.from('8BIMLr16', 'latin1'),
    section(unit, Buffer.concat([layers, numbers(2, 0)])),
  ]);
  return Buffer.concat([section(unit, Buffer.alloc(0)), numbers(4, 0), block]);
}

function pixels(
  { width, height, planes, depth = 8 }: PsdParts,
  isPacked: boolean,
  isLarge: boolean,
): Buffer[] {
  const rows = planes.flatMap((plane) =>
    Array.from({ length: height }, (_, y) => bytesOf(plane.slice(y * width, (y + 1) * width), depth)),
  );
  if (!isPacked) return rows;
  const packed = rows.map((row) => Buffer.from([...row].flatMap((byte) => [0, byte])));
  return [...packed.map(({ length }) => numbers(isLarge ? 4 : 2, length)), ...packed];
}

function bytesOf(row: readonly number[], depth: 1 | 8 | 16): Buffer {
  if (depth === 8) return Buffer.from(row);
  if (depth === 16) return numbers(2, ...row);
  const bytes = Buffer.alloc(Math.ceil(row.length / 8));
  for (const [x, bit] of row.entries()) bytes[x >> 3]! |= bit << (7 - (x & 7));
  return bytes;
}

function section(unit: 4 | 8, content: Buffer): Buffer {
  const length = Buffer.alloc(unit);
  length.writeUInt32BE(content.length, unit - 4);
  return Buffer.concat([length, content]);
}

function numbers(bytes: 2 | 4, ...values: number[]): Buffer {
  const out = Buffer.alloc(bytes * values.length);
  for (const [i, value] of values.entries()) out.writeUIntBE(value, i * bytes, bytes);
  return out;
}
