import type { Rng } from '../../../../core/base/rng.ts';
import { pick } from '../spoil.ts';
import { big, draw, HUGE, little, noise, side } from './draw.ts';

/** Run lengths and masks, by bits of a pixel. */
const COMPRESSIONS: Readonly<Record<number, readonly number[]>> = {
  4: [0, 2],
  8: [0, 1],
  16: [0, 3, 6],
  32: [0, 3, 6],
};

/** A BMP of any header, order of rows, depth and compression. */
export function forgeBmp(rng: Rng): Buffer {
  const header = draw(rng, [40, 40, 52, 56, 108, 124], [12, 16, 64, 40]);
  const bits = draw(rng, [1, 4, 8, 16, 24, 32], [0, 2, 3, 48, 65_535]);
  const compression = draw(rng, COMPRESSIONS[bits] ?? [0], [1, 2, 3, 4, 5, 6, 11, 0xffffffff]);
  const [width, height] = [side(rng), side(rng) * pick(rng, [1, 1, -1])];
  const colours = draw(rng, [0, 2, 16, 256], HUGE);
  const palette = noise(rng, 4 * draw(rng, [2 ** Math.min(bits, 8)], [0, 1, 7]));
  const masks = Array.from({ length: 4 }, () =>
    draw(rng, [0xff, 0xff00, 0xff0000, 0xff000000, 0x7c00, 0x3e0, 0x1f], [0, 0xffffffff, 0x80000001, 1]),
  );
  const core = little(2, width, height, 1, bits);
  const info = Buffer.concat([
    little(4, width, height),
    little(2, 1, bits),
    little(4, compression, 0, draw(rng, [2835], HUGE), 2835, colours, 0),
    little(4, ...masks),
    draw(
      rng,
      [Buffer.alloc(68)],
      [noise(rng, 68), Buffer.concat([Buffer.from('DEBM'), little(4, ...HUGE), noise(rng, 24)])],
    ),
  ]);
  const body = Buffer.concat([
    little(4, header),
    (header === 12 ? core : info).subarray(0, Math.max(8, header - 4)),
  ]);
  const extra = compression === 3 && header === 40 ? little(4, ...masks.slice(0, 3)) : Buffer.alloc(0);
  const pixelsAt = draw(rng, [14 + body.length + extra.length + palette.length], [0, 14, ...HUGE]);
  const pixels =
    compression === 1 || compression === 2 ? runs(rng) : noise(rng, draw(rng, [6500], [0, 3, 200]));
  return Buffer.concat([Buffer.from('BM'), little(4, 0, 0, pixelsAt), body, extra, palette, pixels]);
}

/** Run lengths: runs, single pixels, jumps and ends, in any order, and often beyond the picture. */
function runs(rng: Rng): Buffer {
  const parts: Buffer[] = [];
  for (let left = rng.below(400); left > 0; left--) {
    const count = rng.below(256);
    parts.push(
      pick(rng, [
        Buffer.of(count, rng.below(256)),
        Buffer.of(0, 0),
        Buffer.of(0, 2, count, rng.below(256)),
        Buffer.concat([Buffer.of(0, Math.max(3, count)), noise(rng, count + (count & 1))]),
      ]),
    );
  }
  return Buffer.concat([...parts, pick(rng, [Buffer.of(0, 1), Buffer.alloc(0), Buffer.of(0)])]);
}

/** A Photoshop file of any mode, depth and number of channels. */
export function forgePsd(rng: Rng): Buffer {
  const version = draw(rng, [1, 1, 2], [0, 3, 65_535]);
  const channels = draw(rng, [1, 3, 4, 5], [0, 2, 56, 57, 65_535]);
  const [width, height] = [side(rng), side(rng)];
  const depth = draw(rng, [8, 8, 16, 1, 32], [0, 2, 7, 64]);
  const mode = draw(rng, [0, 1, 2, 3, 4, 9], [5, 6, 7, 8, 255]);
  const unit = version === 2 ? 8 : 4;
  const packed = draw(rng, [0, 1, 1], [2, 3, 65_535]);
  return Buffer.concat([
    Buffer.from('8BPS'),
    big(2, version),
    Buffer.alloc(6),
    big(2, channels),
    big(4, height, width),
    big(2, depth, mode),
    section(
      rng,
      4,
      mode === 2 ? noise(rng, draw(rng, [768], [0, 5, 767, 4000])) : noise(rng, draw(rng, [0], [4, 112])),
    ),
    section(rng, 4, Buffer.concat(Array.from({ length: rng.below(6) }, () => resource(rng)))),
    section(rng, unit, draw(rng, [layers(rng, unit)], [noise(rng, 64)])),
    big(2, packed),
    packed === 1
      ? packedRows(rng, channels, height, version === 2 ? 4 : 2)
      : noise(rng, draw(rng, [16_100], [0, 100])),
  ]);
}

function section(rng: Rng, unit: number, content: Buffer): Buffer {
  const length = big(4, draw(rng, [content.length, content.length, content.length], HUGE));
  return Buffer.concat([
    draw(rng, [Buffer.alloc(unit - 4)], [Buffer.alloc(unit - 4, 0xff)]),
    length,
    content,
  ]);
}

/** Profiles, EXIF, XMP, IPTC, densities and others, each of noise, text or nothing. */
function resource(rng: Rng): Buffer {
  const id = draw(rng, [0x3ed, 0x404, 0x40f, 0x421, 0x422, 0x424], [0, 0x40c, 0xffff, 2000]);
  const content = pick(rng, [
    noise(rng, rng.below(300)),
    Buffer.from('<x:xmpmeta>'.repeat(40)),
    Buffer.alloc(16),
  ]);
  const name = draw(rng, [Buffer.alloc(2)], [Buffer.of(255), noise(rng, 12)]);
  const length = big(4, draw(rng, [content.length], HUGE));
  return Buffer.concat([
    Buffer.from('8BIM'),
    big(2, id),
    name,
    length,
    content,
    Buffer.alloc(content.length & 1),
  ]);
}

function layers(rng: Rng, unit: number): Buffer {
  const block = (): Buffer => {
    const key = pick(rng, ['Lr16', 'Lr32', 'Layr', 'Mtrn', 'Mt16', 'lnk2', 'junk']);
    return Buffer.concat([Buffer.from(`8BIM${key}`), big(4, draw(rng, [2, 4], HUGE)), big(2, -1, 0)]);
  };
  const inner = Buffer.concat([big(2, draw(rng, [-1, 0, 1], HUGE)), noise(rng, 8)]);
  const first = draw(rng, [Buffer.alloc(unit), section(rng, unit, inner)], [Buffer.alloc(0)]);
  return Buffer.concat([first, big(4, 0), ...Array.from({ length: rng.below(3) }, block)]);
}

/** Lengths of rows and the rows, of which some are too short, too long, or lie. */
function packedRows(rng: Rng, channels: number, height: number, unit: 2 | 4): Buffer {
  const count = Math.min(2000, channels * height);
  const rows = Array.from({ length: count }, () =>
    draw(
      rng,
      [Buffer.of(129, 1), Buffer.of(129, 5, 200, 5)],
      rng.below(9) > 0 ? [Buffer.of(129, 1)] : [Buffer.of(128, 128), noise(rng, 5), Buffer.alloc(0)],
    ),
  );
  return Buffer.concat([
    big(unit, ...rows.map(({ length }) => draw(rng, [length, length], [0, 65_535]))),
    ...rows,
  ]);
}

/** A GIF whose frames lie anywhere, with and without colours. */
export function forgeGif(rng: Rng): Buffer {
  const screen = Buffer.concat([
    Buffer.from(pick(rng, ['GIF89a', 'GIF87a'])),
    little(2, shortSide(rng), shortSide(rng)),
    colourTable(rng, 0, Buffer.of(rng.below(256), rng.below(256))),
  ]);
  const parts = Array.from({ length: draw(rng, [1, 2, 3], [0, 40]) }, () => frame(rng));
  return Buffer.concat([screen, ...parts, draw(rng, [Buffer.from(';')], [Buffer.alloc(0), noise(rng, 9)])]);
}

const shortSide = (rng: Rng): number => Math.min(65_535, side(rng));

/** A byte that says whether there are colours and how many, what lies between, and the colours. */
function colourTable(rng: Rng, flags: number, between: Buffer): Buffer {
  const [size, isThere] = [rng.below(8), rng.below(3) > 0];
  const colours = isThere ? noise(rng, draw(rng, [3 * 2 ** (size + 1)], [0, 5])) : Buffer.alloc(0);
  return Buffer.concat([Buffer.of((isThere ? 0x80 : 0) | flags | size), between, colours]);
}

function frame(rng: Rng): Buffer {
  const place = (): number => draw(rng, [0, 0, 1], [39, 65_535, 30_000]);
  const control = Buffer.of(0x21, 0xf9, 4, rng.below(32), rng.below(256), 0, rng.below(256), 0);
  const comment = Buffer.concat([
    Buffer.of(0x21, rng.below(256)),
    blocks(rng, Buffer.from('NETSCAPE2.0'.repeat(9))),
  ]);
  const bits = draw(rng, [2, 3, 8], [0, 1, 11, 12, 13, 255]);
  return Buffer.concat([
    draw(rng, [control], [Buffer.alloc(0), comment]),
    Buffer.of(0x2c),
    little(2, place(), place(), shortSide(rng), shortSide(rng)),
    colourTable(rng, rng.below(2) * 0x40, Buffer.alloc(0)),
    Buffer.of(bits),
    blocks(rng, draw(rng, [literals(rng, bits)], [noise(rng, 900), Buffer.alloc(0)])),
  ]);
}

/** Single pixels of LZW, whose codes stay short since they begin anew each time; some indices have no colour. */
function literals(rng: Rng, bits: number): Buffer {
  const clear = 2 ** Math.min(bits, 11);
  const codes = Array.from({ length: 1700 }, (_, i) => (i % 2 === 0 ? clear : rng.below(clear)));
  const text = [...codes, clear + 1]
    .map((code) => code.toString(2).padStart(bits + 1, '0'))
    .reverse()
    .join('');
  const whole = text.padStart(8 * Math.ceil(text.length / 8), '0');
  return Buffer.from((whole.match(/.{8}/g) ?? []).reverse().map((byte) => parseInt(byte, 2)));
}

/** Content in blocks of at most 255 bytes, of which the last may be missing. */
function blocks(rng: Rng, content: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < content.length; at += 255) {
    const part = content.subarray(at, at + 255);
    parts.push(Buffer.of(rng.below(100) === 0 ? 255 : part.length), part);
  }
  return Buffer.concat([...parts, draw(rng, [Buffer.of(0)], [Buffer.alloc(0)])]);
}
