import { describe, expect, test } from 'vitest';
import { type Codec, withCodec } from '../../../../../electron/io/codec/vips.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf } from '../make.ts';

/** A trap as WebAssembly throws it; Node's types do not know its class. */
const trapped = (message: string): Error => Object.assign(new Error(message), { name: 'RuntimeError' });

const TRAPS = [
  trapped('unreachable'),
  trapped('memory access out of bounds'),
  new RangeError('Array buffer allocation failed'),
  new Error('Aborted(). Build with -sASSERTIONS for more info.'),
];

describe('a codec that breaks', () => {
  test.each(TRAPS)('is thrown away (%s), and the work is done by another one', async (trap) => {
    const used: Codec[] = [];
    const done = await withCodec((codec) => {
      used.push(codec);
      if (used.length === 1) throw trap;
      return 'done';
    });
    expect(done).toBe('done');
    expect(used[1]).not.toBe(used[0]);
  });

  test('and breaks again is no fault of the file, and of none after it', async () => {
    const breaking = withCodec(() => {
      throw trapped('unreachable');
    });
    await expect(breaking).rejects.toMatchObject({ code: 'internal' });
    const bytes = await makeFile('.png', rgbOf(gradient(20, 10)));
    expect((await readPicture(bytes)).info).toMatchObject({ width: 20, height: 10 });
  });

  test('in one of its threads is replaced before it is used again', async () => {
    const thread = { terminate: () => Promise.resolve(0), onerror: (): void => undefined };
    const before = await withCodec((codec) => codec);
    (process as unknown as { emit(name: string, thread: unknown): void }).emit('worker', thread);
    thread.onerror();
    expect(await withCodec((codec) => codec)).not.toBe(before);
  });

  test('is told from one that refuses a file', async () => {
    const used = new Set<Codec>();
    const refuse = (): Promise<never> =>
      withCodec((codec) => {
        used.add(codec);
        throw Object.assign(new Error(), { message: ['pngload', 'libspng read error'] });
      });
    await expect(refuse()).rejects.toMatchObject({ message: ['pngload', 'libspng read error'] });
    await expect(refuse()).rejects.toThrow();
    expect(used.size).toBe(1);
  });
});

test('the memory of a large picture is given up, so that the next one has room', async () => {
  const big = await withCodec((codec, scope) => {
    const image = scope.hold(codec.Image.black(30_000, 9000, { bands: 3 }));
    expect(image.writeToMemory().length).toBe(810e6);
    return codec;
  });
  const small = await withCodec((codec) => codec);
  expect(small).not.toBe(big);
  expect(await withCodec((codec) => codec)).toBe(small);
  expect(Atomics).toHaveProperty('waitAsync'); // was only hidden from it
});
