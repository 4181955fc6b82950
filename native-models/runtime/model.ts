import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { checkContract, misfit, type ModelContract } from './contract.ts';
import { lazy } from './lazy.ts';
import type { Feeds, Results, Session } from './session.ts';

/** What a model of a package is before it is loaded. */
export interface ModelSource {
  readonly name: string; // what messages call it
  readonly contract: ModelContract;
  readonly open: () => Promise<Session>;
  /** Runs the model once on a small input and checks what the graph alone does not declare. */
  readonly probe: (session: Session) => Promise<void>;
}

/** One ONNX model: loaded, checked and warmed up on first use, once. */
export interface Model {
  readonly name: string;
  /** Loads the model unless that has been done. */
  load(): Promise<Session>;
  /** Runs it. An abort is seen before and after, and in between where the session can be interrupted. */
  run(feeds: Feeds, signal?: Abort): Promise<Results>;
  /** Frees the session when the runs in progress have ended; the model cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** A model that is loaded lazily. A failure to load is thrown to every caller of that attempt and then forgotten. */
export function createModel(source: ModelSource): Model {
  const session = lazy(() => openChecked(source));
  const running = new Set<Promise<Results>>();
  let disposed = false;

  async function load(): Promise<Session> {
    if (disposed) throw new TesseraError('internal', `${source.name} was used after its package was closed.`);
    return session.get();
  }

  async function runTracked(feeds: Feeds, signal?: Abort): Promise<Results> {
    const results = (await load()).run(feeds, signal);
    running.add(results);
    try {
      return await results;
    } catch (cause) {
      if (cause instanceof TesseraError) throw cause;
      throw new TesseraError('internal', `${source.name} failed.`, 'Try again with a smaller part.', {
        cause,
      });
    } finally {
      running.delete(results);
    }
  }

  return {
    name: source.name,
    load,
    async run(feeds, signal) {
      throwIfAborted(signal);
      const results = await runTracked(feeds, signal);
      throwIfAborted(signal);
      return results;
    },
    async dispose() {
      disposed = true;
      await Promise.allSettled(running);
      await session.release((opened) => opened.release());
    },
  };
}

async function openChecked(source: ModelSource): Promise<Session> {
  const session = await source.open();
  try {
    checkContract(source.name, session, source.contract);
    await source.probe(session);
    return session;
  } catch (error) {
    await session.release();
    if (error instanceof TesseraError) throw error;
    throw misfit(source.name, 'it fails on a small input', error);
  }
}

export type { Feeds, Results } from './session.ts';
