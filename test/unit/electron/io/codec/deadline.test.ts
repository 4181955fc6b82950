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

test('a picture that takes too long is refused, and the codec that was at it is thrown away', async () => {
  const large = await makeFile('.jpg', rgbOf(gradient(1500, 1500)));
  const small = await makeFile('.png', rgbOf(gradient(20, 10)));
  const used = await withCodec((codec) => codec);
  vi.mocked(startDeadline).mockImplementationOnce(() => slowAfterHeader());
  await expect(readPicture(large, 'slow.jpg')).rejects.toMatchObject({
    code: 'limit',
    message: 'slow.jpg takes too long to decode, so that was given up.',
  });
  expect(await withCodec((codec) => codec)).not.toBe(used);
  await expect(readPicture(small)).resolves.toMatchObject({ info: { width: 20 } });
});

/** As if the decoder did not come back with the first rows. */
function slowAfterHeader(): deadlines.Deadline {
  const patient = startDeadline(0, 'jpeg');
  let parts = 0;
  return {
    ...patient,
    run: (work) => (parts++ < 2 ? patient.run(work) : startDeadline(0, 'jpeg', 1).run(work)),
  };
}
