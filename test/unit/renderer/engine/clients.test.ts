import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Bridge, PORT_MESSAGES } from '../../../../core/contract/bridge.ts';
import type { ParamsOf } from '../../../../core/contract/engineApi.ts';
import type { RpcMessage } from '../../../../core/contract/rpc.ts';
import { connectEngine, createEngineClient, createMainClient } from '../../../../renderer/engine/clients.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A port for the client, and an engine at its other end that answers by `reply`, or never. */
function enginePort(reply?: (message: RpcMessage) => RpcMessage) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1);
  const heard: RpcMessage[] = [];
  port2.onmessage = ({ data }: MessageEvent<RpcMessage>) => {
    heard.push(data);
    if (reply) port2.postMessage(reply(data));
  };
  return { port: port1, heard };
}

const loaded = ({ id }: RpcMessage): RpcMessage => ({ kind: 'result', id, result: 'loaded' });

describe('the engine’s client', () => {
  test('asks by its port', async () => {
    const client = createEngineClient();
    client.connect('engine', enginePort(loaded).port);
    expect(await client.call('package.load', { ref: 'x' })).toBe('loaded');
  });

  test('says that the engine stopped, and goes on with the next one', async () => {
    const client = createEngineClient();
    const silent = enginePort();
    client.connect('engine', silent.port);
    const lost = client.call('package.load', { ref: 'x' });
    await vi.waitFor(() => {
      expect(silent.heard).toHaveLength(1);
    });
    client.connect('engine', enginePort(loaded).port);
    await expect(lost).rejects.toMatchObject({
      code: 'internal',
      message: 'The engine stopped while loading the package; it was started again.',
      hint: 'Try again.',
    });
    expect(await client.call('package.load', { ref: 'x' })).toBe('loaded');
  });

  test('asks the recovery process about unsaved work, however long the engine takes', async () => {
    const client = createEngineClient();
    const silent = enginePort();
    client.connect('engine', silent.port);
    client.connect(
      'recovery',
      enginePort((message) => ({ kind: 'result', id: message.id, result: null })).port,
    );
    void client.call('fill.run', {} as ParamsOf<'fill.run'>);
    expect(await client.call('recovery.add', { document: 'd', parts: [] })).toBeNull();
    expect(silent.heard).toHaveLength(1);
  });

  test('takes ports from this page alone', async () => {
    const page = new EventTarget() as unknown as Window;
    const client = connectEngine(page);
    const post = (source: unknown, data: unknown, port: MessagePort): void => {
      page.dispatchEvent(Object.assign(new Event('message'), { source, data, ports: [port] }));
    };
    const call = client.call('package.load', { ref: 'x' });
    const stranger = enginePort(loaded);
    post({}, PORT_MESSAGES.engine, stranger.port);
    post(page, 'something else', stranger.port);
    const engine = enginePort(loaded);
    post(page, PORT_MESSAGES.engine, engine.port);
    expect(await call).toBe('loaded');
    expect([stranger.heard.length, engine.heard.length]).toEqual([0, 1]);
  });
});

describe('main’s client', () => {
  const bridge = {
    call: (method: string) =>
      Promise.resolve(
        method === 'app.info'
          ? { ok: { version: '1' } }
          : { error: { code: 'input', message: 'No.', hint: 'Do.' } },
      ),
    on: () => () => undefined,
    dropped: () => Promise.resolve({ ok: [{ name: 'a.png', file: { id: 'g', kind: 'picture' } }] }),
  } as unknown as Bridge;
  const client = createMainClient(bridge);

  test('gives results, and rejects with errors of the same shape', async () => {
    expect(await client.call('app.info', null)).toEqual({ version: '1' });
    await expect(client.call('window.close', null)).rejects.toMatchObject({
      name: 'TesseraError',
      code: 'input',
      message: 'No.',
      hint: 'Do.',
    });
  });

  test('gives what dropped files stand for', async () => {
    expect(await client.dropped(new File([], 'a.png'))).toMatchObject([
      { file: { id: 'g', kind: 'picture' } },
    ]);
  });
});
