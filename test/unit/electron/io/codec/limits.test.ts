import { describe, expect, test } from 'vitest';
import { withCodec } from '../../../../../electron/io/codec/vips.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf } from '../make.ts';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type: string, body: number[]): number[] {
  const content = [...Buffer.from(type, 'latin1'), ...body];
  let c = 0xffffffff;
  for (const byte of content) c = crcTable[(c ^ byte) & 255]! ^ (c >>> 8);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(~c >>> 0);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return [...length, ...content, ...crc];
}

/** A PNG that claims a size and holds next to nothing. */
function pngClaiming(width: number, height: number, interlaced = 0, depth = 8, colour = 6): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const header = [...size, depth, colour, 0, 0, interlaced];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', header),
    ...chunk('IDAT', [0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
    ...chunk('IEND', []),
  ]);
}

describe('decompression bombs are refused by their header', () => {
  test.each([
    [
      100_000,
      100_000,
      /"?The picture"? is too large \(100000 x 100000 px; the limit is at most 30000 px a side\)/,
    ],
    [30_001, 1, /30001 x 1 px/],
    [29_000, 29_000, /at most 200 megapixels/],
  ])('PNG of %i x %i', async (width, height, message) => {
    await expect(readPicture(pngClaiming(width, height))).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(message) as string,
    });
  });

  test('a size that fits, in a form that the decoder must hold as a whole', async () => {
    const file = new Uint8Array(30_000); // long enough for its claim to be possible
    file.set(pngClaiming(15_000, 13_000, 1, 16));
    const before = process.memoryUsage().rss;
    await expect(readPicture(file)).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringContaining('1.3 GB to decode, it needs 1.6 GB') as string,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  test('little data that the decoder would set aside much for', async () => {
    const file = new Uint8Array(30_000);
    file.set(pngClaiming(15_000, 12_000, 1, 8)); // 720 MB
    const before = process.memoryUsage().rss;
    await expect(readPicture(file, 'bomb.png')).rejects.toMatchObject({
      code: 'input',
      message: 'bomb.png is too short for the 15000 x 12000 px that its header claims.',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  test('a few bytes that claim many pixels', async () => {
    await expect(readPicture(pngClaiming(15_000, 13_000), 'bomb.png')).rejects.toMatchObject({
      code: 'input',
      message: 'bomb.png is too short for the 15000 x 13000 px that its header claims.',
    });
  });

  test('a JPEG whose header was inflated', async () => {
    const file = await makeFile('.jpg', rgbOf(gradient(32, 32)));
    const at = Buffer.from(file).indexOf(Uint8Array.of(0xff, 0xc0));
    file.set([0xea, 0x60, 0xea, 0x60], at + 5); // height and width: 60000
    await expect(readPicture(file)).rejects.toMatchObject({ code: 'limit' });
  });

  test('an absurd size of zero is damage', async () => {
    await expect(readPicture(pngClaiming(0, 5))).rejects.toMatchObject({ code: 'input' });
  });
});

describe('what is refused is small in memory and leaves the codec usable', () => {
  test('after many failures a good file still reads', async () => {
    const good = await makeFile('.png', rgbOf(gradient(20, 10)));
    for (let i = 0; i < 50; i++) await readPicture(good.subarray(0, good.length - 60)).catch(() => undefined);
    expect((await readPicture(good)).info.width).toBe(20);
    expect(await withCodec((codec) => codec.deletionQueue.length)).toBe(0);
  });
});
