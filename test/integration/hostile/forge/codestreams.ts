import type { Rng } from '../../../../core/base/rng.ts';
import { pick, spoil } from '../spoil.ts';
import { big, draw, HUGE, noise } from './draw.ts';

const MARKERS = [
  0xff51, 0xff52, 0xff53, 0xff5c, 0xff5d, 0xff5e, 0xff5f, 0xff55, 0xff57, 0xff58, 0xff60, 0xff61, 0xff64,
  0xff90,
];

/** A JPEG 2000 file with markers of its codestream changed: sizes, tiles, components, levels, layers, parts. */
export function forgeCodestream(file: Buffer, rng: Rng): Buffer {
  const at = file.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  if (at < 0) return spoil(file, rng);
  const copy = Buffer.from(file);
  for (let times = 1 + rng.below(2); times > 0; times--) change(copy, at, rng);
  return rng.below(12) === 0
    ? Buffer.concat([copy.subarray(0, at + 2), segment(rng), copy.subarray(at + 2)])
    : copy;
}

function change(file: Buffer, at: number, rng: Rng): void {
  const siz = at + 6;
  const put = (piece: Buffer, to: number): void => {
    piece.copy(file, Math.min(file.length, to));
  };
  const cod = file.indexOf(Buffer.from([0xff, 0x52]), at);
  switch (rng.below(7)) {
    case 0: // the picture, its place, its tiles
      put(big(4, draw(rng, [16, 40, 41], HUGE)), siz + 2 + 4 * rng.below(8));
      break;
    case 1: // the picture is large, and its tiles are small
      put(
        big(
          4,
          ...pick(rng, [
            [14_000, 14_000, 0, 0, 1, 1],
            [30_000, 6000, 0, 0, 2, 2],
            [14_000, 14_000, 0, 0, 14_000, 14_000],
          ]),
        ),
        siz + 2,
      );
      break;
    case 2:
      put(big(2, draw(rng, [1, 2, 4], [0, 16_384, 65_535])), siz + 34);
      break;
    case 3:
      put(noise(rng, 3), siz + 36 + 3 * rng.below(3));
      break;
    case 4: // order, layers, levels, blocks
      if (cod > 0)
        put(
          pick(rng, [big(2, 0xffff), big(1, 33), noise(rng, 1), big(1, 32, 10, 10)]),
          cod + 5 + rng.below(6),
        );
      break;
    case 5: {
      const sot = file.indexOf(Buffer.from([0xff, 0x90]), at);
      if (sot > 0)
        put(pick(rng, [big(2, 65_535), big(4, pick(rng, HUGE)), noise(rng, 2)]), sot + 4 + rng.below(8));
      break;
    }
    default:
      put(noise(rng, 2), at + 4 + rng.below(120));
  }
}

function segment(rng: Rng): Buffer {
  const content = noise(rng, rng.below(60));
  return Buffer.concat([
    big(2, pick(rng, MARKERS), draw(rng, [content.length + 2], [0, 1, 65_535])),
    content,
  ]);
}

/** A JPEG XL codestream whose first bytes, which hold sizes, depths and transforms, are changed bit by bit. */
export function forgeJxl(file: Buffer, rng: Rng): Buffer {
  const copy = Buffer.from(file);
  for (let times = 1 + rng.below(3); times > 0; times--) {
    copy[2 + rng.below(pick(rng, [40, copy.length - 2]))]! ^= 1 << rng.below(8);
  }
  return copy;
}
