import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import type { RpcMessage } from '../../../../core/contract/rpc.ts';
import { createRpcClient } from '../../../../core/contract/rpcClient.ts';

interface Api {
  echo: { params: string; progress: number; result: string };
}

const lost = (method: string) => new TesseraError('internal', `Lost while ${method}.`);

/** A client, and what it sent by a port. */
function create() {
  const client = createRpcClient<Api>(lost);
  const sent: RpcMessage[] = [];
  const port = { postMessage: (message: RpcMessage) => void sent.push(message) };
  return { client, sent, port };
}

describe('the asking end of a port', () => {
  test('gives each call its own progress and result', async () => {
    const { client, sent, port } = create();
    client.connect(port);
    const progress: number[] = [];
    const one = client.call('echo', 'a', { onProgress: (value) => progress.push(value) });
    const two = client.call('echo', 'b');
    expect(sent).toEqual([
      { kind: 'call', id: 1, method: 'echo', params: 'a' },
      { kind: 'call', id: 2, method: 'echo', params: 'b' },
    ]);
    client.receive({ kind: 'progress', id: 2, progress: 9 });
    client.receive({ kind: 'progress', id: 1, progress: 0.5 });
    client.receive({ kind: 'result', id: 2, result: 'B' });
    client.receive({ kind: 'result', id: 1, result: 'A' });
    expect([await one, await two, progress]).toEqual(['A', 'B', [0.5]]);
  });

  test('rejects with the error of the other end', async () => {
    const { client, port } = create();
    client.connect(port);
    const call = client.call('echo', 'a');
    client.receive({ kind: 'error', id: 1, error: { code: 'input', message: 'No.', hint: 'Do.' } });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TesseraError);
    expect(error).toMatchObject({ code: 'input', message: 'No.', hint: 'Do.' });
  });

  test('an abort rejects at once, is told, and what comes afterwards is nobody’s', async () => {
    const { client, sent, port } = create();
    client.connect(port);
    const abort = new AbortController();
    const progress: number[] = [];
    const call = client.call('echo', 'a', {
      signal: abort.signal,
      onProgress: (value) => progress.push(value),
    });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(sent.at(-1)).toEqual({ kind: 'abort', id: 1 });
    client.receive({ kind: 'progress', id: 1, progress: 1 });
    client.receive({ kind: 'result', id: 1, result: 'A' });
    expect(progress).toEqual([]);
  });

  test('does not ask for what was given up before', async () => {
    const { client, sent, port } = create();
    client.connect(port);
    const signal = AbortSignal.abort();
    await expect(client.call('echo', 'a', { signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(sent).toEqual([]);
  });

  test('is silent about an abort after the end', async () => {
    const { client, sent, port } = create();
    client.connect(port);
    const abort = new AbortController();
    const call = client.call('echo', 'a', { signal: abort.signal });
    client.receive({ kind: 'result', id: 1, result: 'A' });
    await call;
    abort.abort();
    expect(sent).toHaveLength(1);
  });

  test('waits for the first port, and sends nothing of what was given up meanwhile', async () => {
    const { client, sent, port } = create();
    const abort = new AbortController();
    const call = client.call('echo', 'a');
    const given = client.call('echo', 'b', { signal: abort.signal });
    abort.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    client.connect(port);
    expect(sent).toEqual([{ kind: 'call', id: 1, method: 'echo', params: 'a' }]);
    client.receive({ kind: 'result', id: 1, result: 'A' });
    expect(await call).toBe('A');
  });

  test('fails what an earlier port will not answer, and asks by the new one', async () => {
    const { client, port } = create();
    client.connect(port);
    const old = client.call('echo', 'a');
    const later = create();
    client.connect(later.port);
    await expect(old).rejects.toThrow('Lost while echo.');
    const next = client.call('echo', 'b');
    expect(later.sent).toEqual([{ kind: 'call', id: 2, method: 'echo', params: 'b' }]);
    client.receive({ kind: 'result', id: 2, result: 'B' });
    expect(await next).toBe('B');
  });

  test('says so where something cannot be sent', async () => {
    const { client } = create();
    client.connect({
      postMessage() {
        throw new Error('could not be cloned');
      },
    });
    await expect(client.call('echo', 'a')).rejects.toMatchObject({
      code: 'internal',
      message: '"echo" could not be asked for.',
    });
  });
});
