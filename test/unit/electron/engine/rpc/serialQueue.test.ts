import { expect, test } from 'vitest';
import { createSerialQueue } from '../../../../../electron/engine/rpc/serialQueue.ts';

/** Work that ends when it is told to. */
function manual() {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { end, ended };
}

const never = new AbortController().signal;

test('runs one at a time, in the order of arrival', async () => {
  const queue = createSerialQueue();
  const log: string[] = [];
  const gates = [manual(), manual(), manual()];
  const runs = gates.map(({ ended }, i) =>
    queue.run(never, async () => {
      log.push(`begin ${i}`);
      await ended;
      log.push(`end ${i}`);
    }),
  );
  gates[2]!.end();
  gates[1]!.end();
  await Promise.resolve();
  expect(log).toEqual(['begin 0']);
  gates[0]!.end();
  await Promise.all(runs);
  expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
});

test('takes out a waiting job at its abort, while another still runs', async () => {
  const queue = createSerialQueue();
  const first = manual();
  const running = queue.run(never, () => first.ended);
  const abort = new AbortController();
  let begun = false;
  const queued = queue.run(abort.signal, () => {
    begun = true;
    return Promise.resolve();
  });
  const last = queue.run(never, () => Promise.resolve('last'));
  abort.abort();
  await expect(queued).rejects.toMatchObject({ code: 'aborted' });
  first.end();
  await running;
  expect(await last).toBe('last');
  expect(begun).toBe(false);
});

test('goes on after a failure', async () => {
  const queue = createSerialQueue();
  const failing = queue.run(never, () => Promise.reject(new Error('broken')));
  const next = queue.run(never, () => Promise.resolve(7));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe(7);
  expect(await queue.run(never, () => Promise.resolve(8))).toBe(8);
});
