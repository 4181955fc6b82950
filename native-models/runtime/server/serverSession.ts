import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { now } from '../../../core/base/host.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { lazy } from '../lazy.ts';
import type { Session } from '../session.ts';
import { type Connection, type Message, type Reply, ServerGone } from './connection.ts';
import { inferMessage, readAnswer, readModel, takesBinary, typeOf } from './wire.ts';

/**
 * A model on a server, as if it were loaded here.
 *
 * @throws ServerGone where it does not answer, or not in the protocol's words; TesseraError 'package' where it has no such model
 */
export async function serverSession(connection: Connection, model: string, signal?: Abort): Promise<Session> {
  const { server } = connection;
  const read = async <T>(message: Message, reader: (reply: Reply) => T, asked?: Abort): Promise<T> => {
    const reply = await connection.ask(message, asked);
    if (reply.status === 404) {
      throw new TesseraError(
        'package',
        `The server ${server} has no model ${model}.`,
        'Look at its model repository, or choose another package.',
      );
    }
    if (reply.status !== 200) throw new ServerGone(server, `fails with ${model} (status ${reply.status})`);
    try {
      return reader(reply);
    } catch (cause) {
      throw new ServerGone(server, `gives an answer for ${model} that cannot be read`, cause);
    }
  };
  const binary = await read({ path: 'v2' }, takesBinary, signal);
  const { inputs, outputs } = await read(
    { path: `v2/models/${encodeURIComponent(model)}` },
    readModel,
    signal,
  );
  const metadata = (list: typeof inputs) =>
    list.map(({ name, datatype, shape }) => ({
      name,
      isTensor: true as const,
      type: typeOf(datatype) as 'float32',
      shape: shape.map((size) => (size < 0 ? '' : size)),
    }));
  const wanted = outputs.map(({ name }) => name);
  return {
    inputMetadata: metadata(inputs),
    outputMetadata: metadata(outputs),
    async run(feeds, asked) {
      const results = await read(inferMessage(model, feeds, wanted, binary), readAnswer, asked);
      throwIfAborted(asked);
      return results;
    },
    release: () => Promise.resolve(), // the connection is its owner's
  };
}

/** Where the models of a package run by now; all of them move together. */
export interface Whereabouts {
  readonly isHere: boolean;
  /** From now on they run here. */
  leave(error: ServerGone): void;
}

/** On the server at first. @param told hears once that it was left */
export function startOnServer(told: (error: ServerGone) => void): Whereabouts {
  let isHere = false;
  return {
    get isHere() {
      return isHere;
    },
    leave(error) {
      if (!isHere) told(error);
      isHere = true;
    },
  };
}

/**
 * Runs a model where it is quick enough: what takes much longer than the quickest run by now, for as many numbers, is given up.
 *
 * @throws ServerGone where that is so
 */
function watched(session: Session, { server, patience: { slower } }: Connection): Session['run'] {
  let quickest = Infinity; // ms for each number that is sent
  return async (feeds, signal) => {
    const numbers = Object.values(feeds).reduce((sum, { size }) => sum + size, 0);
    const started = now();
    const longest = Math.max(slower.least, slower.times * quickest * numbers);
    const limit = {
      get aborted() {
        return signal?.aborted === true || now() - started > longest;
      },
    };
    try {
      const results = await session.run(feeds, limit);
      quickest = Math.min(quickest, (now() - started) / numbers);
      return results;
    } catch (error) {
      if (signal?.aborted || !limit.aborted) throw error;
      throw new ServerGone(server, 'has become much slower', error);
    }
  };
}

/** A model that runs on a server and, from the moment that the server is gone, here: work that was begun goes on. */
export async function sessionWithFallback(
  onServer: () => Promise<Session>,
  here: () => Promise<Session>,
  where: Whereabouts,
  connection: Connection,
): Promise<Session> {
  const local = lazy(here);
  const orHere = async <T>(work: () => Promise<T>, elsewhere: () => Promise<T>): Promise<T> => {
    if (where.isHere) return elsewhere();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error;
      where.leave(error);
      return elsewhere();
    }
  };
  const first = await orHere(onServer, () => local.get());
  const run = watched(first, connection);
  return {
    inputMetadata: first.inputMetadata,
    outputMetadata: first.outputMetadata,
    run: (feeds, signal) =>
      orHere(
        () => run(feeds, signal),
        async () => (await local.get()).run(feeds, signal),
      ),
    release: () => local.release((session) => session.release()), // on the server there is nothing to free
  };
}
