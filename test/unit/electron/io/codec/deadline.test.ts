import { describe, expect, test, vi } from 'vitest';
import * as deadlines from '../../../../../electron/io/codec/deadline.ts';
import { withCodec } from '../../../../../electron/io/codec/vips.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { gradient, makeFile, rgbOf } from '../make.ts';

const { Overdue, startDeadline } = deadlines;

vi.mock('../../../../../electron/io/codec/deadline.ts', { spy: true });

const lock = new Int32Array(new SharedArrayBuffer(4));

describe('work that has a deadline', () => {
  test.each<[string, () => unknown]>([
    [
      'never ends',
      () => {
        for (;;);
      },
    ],
    ['waits for ever', () => Atomics.wait(lock, 0, 0)],
  ])('and %s is stopped', (_, work) => {
    expect(() => startDeadline(0, 'png', 20).run(work)).toThrow(Overdue);
    expect(startDeadline(0, 'png').run(() => 'the next')).toBe('the next');
  });

  test('gives what it gives, and fails as it fails', () => {
    const deadline = startDeadline(0, 'png');
    const failure = new Error('own');
    expect(deadline.run(() => 7)).toBe(7);
    expect(() =>
      deadline.run(() => {
        throw failure;
      }),
    ).toThrow(failure);
  });

  test('has no second chance, but more time for what came out and for long files', () => {
    const over = startDeadline(0, 'png', 0);
    expect(() => over.run(() => 'late')).toThrow(Overdue);
    over.earn(1e9);
    expect(over.run(() => 'in time')).toBe('in time');
    expect(startDeadline(1e9, 'avif', 0).run(() => 'in time')).toBe('in time');
  });
});

describe('a picture that takes too long', () => {
  const large = makeFile('.jpg', rgbOf(gradient(1500, 1500)));
  const refusal = 'slow.jpg takes too long to decode, so that was given up.';

  test('is refused, and the codec that was at it is thrown away', async () => {
    const file = await large;
    const used = await withCodec((codec) => codec);
    vi.mocked(startDeadline).mockImplementationOnce(() => stuckAfterHeader(false));
    await expect(readPicture(file, 'slow.jpg')).rejects.toMatchObject({ code: 'limit', message: refusal });
    expect(await withCodec((codec) => codec)).not.toBe(used);
    await expect(readPicture(file)).resolves.toMatchObject({ info: { width: 1500 } });
  });

  test('since other programs have the processors is read once more', async () => {
    vi.mocked(startDeadline).mockImplementationOnce(() => stuckAfterHeader(true));
    await expect(readPicture(await large)).resolves.toMatchObject({ info: { width: 1500 } });
  });

  test('again and again for that reason is not blamed on the file', async () => {
    for (let i = 0; i < 3; i++) vi.mocked(startDeadline).mockImplementationOnce(() => stuckAfterHeader(true));
    await expect(readPicture(await large, 'slow.jpg')).rejects.toMatchObject({
      message: refusal,
      hint: 'The computer is very busy: try again later.',
    });
  });
});

const actual = await vi.importActual<typeof deadlines>('../../../../../electron/io/codec/deadline.ts');

/** As if the decoder did not come back with the first rows. */
function stuckAfterHeader(starved: boolean): deadlines.Deadline {
  const patient = actual.startDeadline(0, 'jpeg');
  let parts = 0;
  return {
    ...patient,
    run(work) {
      if (parts++ < 2) return patient.run(work);
      throw new Overdue(starved);
    },
  };
}
