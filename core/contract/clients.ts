import type { Abort } from '../base/abort.ts';
import type { EngineMethod, ParamsOf, ProgressOf, ResultOf } from './engineApi.ts';
import type { GivenFile, MainApi, MainEvents, MainMethod } from './mainApi.ts';

/** The part of an AbortSignal that a client uses. */
export interface AbortNotice extends Abort {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How a call is followed and given up. */
export interface CallOptions<Progress> {
  readonly signal?: AbortNotice;
  readonly onProgress?: (progress: Progress) => void;
}

/** How the window reaches the engine. Rejects with a TesseraError; an abort rejects with 'aborted'. */
export interface EngineClient {
  call<M extends EngineMethod>(
    method: M,
    params: ParamsOf<M>,
    options?: CallOptions<ProgressOf<M>>,
  ): Promise<ResultOf<M>>;
}

/** How the window reaches main. Rejects with a TesseraError. */
export interface MainClient {
  call<M extends MainMethod>(method: M, params: MainApi[M]['params']): Promise<MainApi[M]['result']>;
  on<E extends keyof MainEvents>(event: E, listener: (payload: MainEvents[E]) => void): () => void;
  /** What a file or a folder that was dropped onto the window (a DOM File) stands for. */
  dropped(file: unknown): Promise<GivenFile[]>;
}
