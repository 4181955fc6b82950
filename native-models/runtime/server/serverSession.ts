import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
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

/** A model that runs on a server and, from the moment that the server is gone, here: work that was begun goes on. */
export async function sessionWithFallback(
  onServer: () => Promise<Session>,
  here: () => Promise<Session>,
  where: Whereabouts,
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
  return {
    inputMetadata: first.inputMetadata,
    outputMetadata: first.outputMetadata,
    run: (feeds, signal) =>
      orHere(
        () => first.run(feeds, signal),
        async () => (await local.get()).run(feeds, signal),
      ),
    release: () => local.release((session) => session.release()), // on the server there is nothing to free
  };
}
