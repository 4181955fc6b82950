import type { InferenceSession } from '../../../../native-models/runtime/onnxruntime.ts';
import { describe, expect, it } from 'vitest';
import { availableProviders } from '../../../../native-models/runtime/providers.ts';
import { sessionFactory } from '../../../../native-models/runtime/sessions.ts';

const session = { inputMetadata: [] as unknown } as InferenceSession;
/** An accelerated provider that this platform offers, or none. */
const accelerated = availableProviders().find((name) => name !== 'cpu' && name !== 'server');

describe('sessionFactory', () => {
  it('passes the thread settings on', async () => {
    let seen: InferenceSession.SessionOptions = {};
    const factory = sessionFactory({ provider: 'cpu', threads: 3 }, (_, options) => {
      seen = options;
      return Promise.resolve(session);
    });
    expect((await factory.create('/models/a.onnx', 'a.onnx')).inputMetadata).toBe(session.inputMetadata);
    expect(seen).toMatchObject({
      executionProviders: ['cpu'],
      intraOpNumThreads: 3,
      extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    });
  });

  it.runIf(accelerated)('falls back to the CPU once, with a message, when a provider fails', async () => {
    const messages: string[] = [];
    const tried: string[] = [];
    const factory = sessionFactory(
      { provider: accelerated!, onMessage: (message) => messages.push(message) },
      (_, o) => {
        const first = o.executionProviders![0] as string;
        tried.push(first);
        return first === 'cpu'
          ? Promise.resolve(session)
          : Promise.reject(new Error('no such library.\nmore'));
      },
    );
    expect(factory.provider).toBe(accelerated);
    await factory.create('/models/a.onnx', 'a.onnx');
    await factory.create('/models/b.onnx', 'b.onnx');
    expect(factory.provider).toBe('cpu');
    expect(tried).toEqual([accelerated, 'cpu', 'cpu']);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/could not be used, so the CPU is used\.$/);
  });

  it('says at once that a provider is not offered here', () => {
    const absent = (['dml', 'coreml', 'cuda'] as const).find((name) => !availableProviders().includes(name))!;
    const messages: string[] = [];
    const factory = sessionFactory({ provider: absent, onMessage: (message) => messages.push(message) });
    expect(factory.provider).toBe('cpu');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/is not available on this system, so the CPU is used\.$/);
  });

  it('blames the model when the CPU cannot load it either', async () => {
    const messages: string[] = [];
    const factory = sessionFactory({ onMessage: (message) => messages.push(message) }, () =>
      Promise.reject(new Error('bad protobuf')),
    );
    await expect(factory.create('/models/a.onnx', 'a.onnx of the package p')).rejects.toMatchObject({
      code: 'package',
      message: 'a.onnx of the package p is not a model that can be loaded.',
    });
    expect(messages).toEqual([]);
  });
});
