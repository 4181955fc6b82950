import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RpcMessage } from '../../../../../core/contract/rpc.ts';
import { type CodecThread, createCodec } from '../../../../../electron/engine/codec/codec.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface FakeThread {
  sent: RpcMessage[];
  ended: boolean;
  say: (message: RpcMessage) => void;
  die: (cause: unknown) => void;
}

/** A codec whose threads do nothing by themselves. */
function create() {
  const threads: FakeThread[] = [];
  const start = (): CodecThread => {
    const thread: FakeThread = { sent: [], ended: false, say: () => undefined, die: () => undefined };
    threads.push(thread);
    return {
      port: { postMessage: (message) => void thread.sent.push(message) },
      listen(onMessage, onEnd) {
        thread.say = onMessage;
        thread.die = onEnd;
      },
      end: () => (thread.ended = true),
    };
  };
  const codec = createCodec(start, { idle: 1000, hung: 5000 });
  const progress: unknown[] = [];
  const read = (name: string, signal = new AbortController().signal) => {
    const call = { signal, progress: (value: unknown) => void progress.push(value) };
    return codec.run('picture.read', { path: name }, call);
  };
  return { threads, read, progress };
}

const result = { width: 1, height: 1, name: 'a', format: 'png', metadata: {} };

describe('the codec', () => {
  test('asks its thread for one thing at a time, and keeps it', async () => {
    const { threads, read, progress } = create();
    const one = read('a');
    const two = read('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(threads[0]!.sent).toEqual([
      { kind: 'call', id: 1, method: 'picture.read', params: { path: 'a' } },
    ]);
    threads[0]!.say({ kind: 'progress', id: 1, progress: 'tiles' });
    threads[0]!.say({ kind: 'result', id: 1, result });
    expect(await one).toBe(result);
    await vi.advanceTimersByTimeAsync(0);
    threads[0]!.say({ kind: 'result', id: 2, result });
    await two;
    expect([threads.length, progress]).toEqual([1, ['tiles']]);
  });

  test('gives the thread and its memory back after some idle time', async () => {
    const { threads, read } = create();
    const one = read('a');
    await vi.advanceTimersByTimeAsync(0);
    threads[0]!.say({ kind: 'result', id: 1, result });
    await one;
    await vi.advanceTimersByTimeAsync(999);
    expect(threads[0]!.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(threads[0]!.ended).toBe(true);
    void read('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(threads).toHaveLength(2);
  });

  test('a bad file leaves the thread alone', async () => {
    const { threads, read } = create();
    const one = read('a');
    const caught = expect(one).rejects.toMatchObject({ code: 'input', message: 'Broken.' });
    await vi.advanceTimersByTimeAsync(0);
    threads[0]!.say({ kind: 'error', id: 1, error: { code: 'input', message: 'Broken.' } });
    await caught;
    expect(threads[0]!.ended).toBe(false);
  });

  test('an abort ends the thread, which cannot hear it, and the next call has another', async () => {
    const { threads, read } = create();
    const abort = new AbortController();
    const caught = expect(read('a', abort.signal)).rejects.toMatchObject({ code: 'aborted' });
    const next = read('b');
    await vi.advanceTimersByTimeAsync(0);
    abort.abort();
    await caught;
    expect(threads[0]!.ended).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    threads[1]!.say({ kind: 'result', id: 1, result });
    expect(await next).toBe(result);
  });

  test('a thread that says nothing for long is given up; progress counts as a sign of life', async () => {
    const { threads, read } = create();
    const caught = expect(read('a')).rejects.toMatchObject({
      code: 'internal',
      message: 'The picture codec got stuck while reading the picture, so that was given up.',
    });
    await vi.advanceTimersByTimeAsync(4000);
    threads[0]!.say({ kind: 'progress', id: 1, progress: 'tiles' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(threads[0]!.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    await caught;
    expect(threads[0]!.ended).toBe(true);
  });

  test('a thread that dies fails what it was at, and nothing else', async () => {
    const { threads, read } = create();
    const caught = expect(read('a')).rejects.toMatchObject({
      code: 'internal',
      message: 'The picture codec stopped while reading the picture.',
    });
    await vi.advanceTimersByTimeAsync(0);
    threads[0]!.die(new Error('out of memory'));
    await caught;
    const next = read('b');
    await vi.advanceTimersByTimeAsync(0);
    threads[1]!.say({ kind: 'result', id: 1, result });
    await next;
    threads[1]!.die(new Error('while idle'));
    void read('c');
    await vi.advanceTimersByTimeAsync(0);
    expect(threads).toHaveLength(3);
  });
});
