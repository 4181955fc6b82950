import type { EngineClient } from '../../../../core/contract/clients.ts';
import type { EngineMethod, ParamsOf, ProgressOf, ResultOf } from '../../../../core/contract/engineApi.ts';
import { TesseraError } from '../../../../core/base/errors.ts';

type Options<M extends EngineMethod> = Parameters<EngineClient['call']>[2] & {
  onProgress?: (progress: ProgressOf<M>) => void;
};

/** A call that waits for the test to answer it. */
export interface Asked<M extends EngineMethod> {
  readonly method: M;
  readonly params: ParamsOf<M>;
  tell(progress: ProgressOf<M>): void;
  answer(result: ResultOf<M>): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** An engine whose answers come when tests give them; an abort rejects at once, as the real client does. */
export class FakeEngine implements EngineClient {
  readonly asked: Asked<EngineMethod>[] = [];

  call<M extends EngineMethod>(
    method: M,
    params: ParamsOf<M>,
    options: Options<M> = {},
  ): Promise<ResultOf<M>> {
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => {
        reject(new TesseraError('aborted', 'Stopped.'));
      });
      const asked: Asked<M> = {
        method,
        params,
        tell: (progress) => options.onProgress?.(progress),
        answer: (result) => (resolve(result), settled()),
        fail: (error) => (reject(error), settled()),
      };
      this.asked.push(asked);
    });
  }

  /** The newest call of a method. */
  newest<M extends EngineMethod>(method: M): Asked<M> {
    const asked = this.asked.findLast((call) => call.method === method);
    if (!asked) throw new Error(`Nobody has called ${method}.`);
    return asked as unknown as Asked<M>;
  }
}

/** Lets everything that waits for promises go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
