import { expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { RpcMessage } from '../../../../../core/contract/rpc.ts';
import { type Answer, createServer } from '../../../../../electron/engine/rpc/server.ts';

/** A server whose answers are listed. */
function serve(answer: Answer) {
  const sent: RpcMessage[] = [];
  const server = createServer({ postMessage: (message) => sent.push(message) }, answer);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { server, sent, settled };
}

const call = (id: number, method = 'echo', params: unknown = null): RpcMessage => ({
  kind: 'call',
  id,
  method,
  params,
});

test('tells progress and then the result', async () => {
  const { server, sent, settled } = serve((method, params, { progress }) => {
    progress('half');
    return Promise.resolve([method, params]);
  });
  server.receive(call(3, 'echo', 'hello'));
  await settled();
  expect(sent).toEqual([
    { kind: 'progress', id: 3, progress: 'half' },
    { kind: 'result', id: 3, result: ['echo', 'hello'] },
  ]);
});

test('answers a failure with its shape, and a defect as internal', async () => {
  const { server, sent, settled } = serve((method) =>
    Promise.reject(method === 'a' ? new TesseraError('input', 'No.', 'Do.') : new Error('oops')),
  );
  server.receive(call(1, 'a'));
  server.receive(call(2, 'b'));
  await settled();
  expect(sent).toEqual([
    { kind: 'error', id: 1, error: { code: 'input', message: 'No.', hint: 'Do.' } },
    {
      kind: 'error',
      id: 2,
      error: { code: 'internal', message: 'Something inside Tessera failed that should not have.' },
    },
  ]);
});

/** Runs until it is aborted. */
const untilAborted =
  (reason: Error): Answer =>
  (_method, _params, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(reason);
      });
    });

test('after an abort any defect on the way out is the abort', async () => {
  const { server, sent, settled } = serve(untilAborted(new Error('some library')));
  server.receive(call(1));
  server.receive({ kind: 'abort', id: 1 });
  server.receive({ kind: 'abort', id: 99 });
  await settled();
  expect(sent).toEqual([{ kind: 'error', id: 1, error: { code: 'aborted', message: 'Stopped.' } }]);
});

test('aborts everything when the other end is gone, and says nothing any more', async () => {
  let aborted = false;
  const { server, sent, settled } = serve((_method, _params, { signal, progress }) => {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        aborted = true;
        progress('still here');
        resolve(1);
      });
    });
  });
  server.receive(call(1));
  server.close();
  await settled();
  expect(aborted).toBe(true);
  expect(sent).toEqual([]);
});

test('leaves no call hanging when the process fails, and answers each once', async () => {
  const { server, sent, settled } = serve(untilAborted(new Error('never')));
  server.receive(call(1));
  server.receive(call(2));
  const error = { code: 'internal', message: 'The engine failed.' } as const;
  server.fail(error);
  server.receive({ kind: 'abort', id: 1 });
  await settled();
  expect(sent).toEqual([
    { kind: 'error', id: 1, error },
    { kind: 'error', id: 2, error },
  ]);
});

test.each([null, 7, 'call', {}, { kind: 'call', id: '1', method: 'x' }, { kind: 'call', id: 1 }])(
  'ignores %j',
  async (message) => {
    const { server, sent, settled } = serve(() => Promise.resolve(1));
    server.receive(message);
    await settled();
    expect(sent).toEqual([]);
  },
);
