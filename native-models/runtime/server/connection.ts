import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { errorCode } from '../nodeErrors.ts';

/** How a server is reached. */
export interface ServerOptions {
  readonly url: string; // http or https, with a path where the server has one
  readonly token?: string; // sent as a bearer token
  readonly certificate?: { readonly cert: string; readonly key: string }; // PEM, of the client
  readonly patience?: Partial<Patience>;
}

/** How long a server may take, ms. */
export interface Patience {
  readonly connect: number;
  readonly silence: number; // without a byte of the answer
  readonly again: readonly number[]; // waits before what is safe to repeat is asked again
  /** A server is much slower than it was where it takes so many times as long, and longer than `least`. */
  readonly slower: { readonly times: number; readonly least: number };
}

const PATIENCE: Patience = {
  connect: 5_000,
  silence: 60_000,
  again: [200, 1_000],
  slower: { times: 10, least: 4_000 },
};

/** How often an abort is looked for, ms. */
const WATCH = 50;

/** The most that an answer may have, bytes: the logits of many windows are far below. */
const MOST_BYTES = 2 ** 29;

/** Answers that say "later": the work was not begun. */
const BUSY = [429, 502, 503, 504];

/** A server cannot be reached, or does not speak as it should; what it was asked for can be done elsewhere. */
export class ServerGone extends TesseraError {
  constructor(server: string, what: string, cause?: unknown) {
    super(
      'package',
      `The server ${server} ${what}.`,
      'Check its address and its log, or run the models here.',
      {
        cause,
      },
    );
  }
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is sent; nothing but the path for a question. */
export interface Message {
  readonly path: string; // below the address of the server
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** A server that is asked over HTTP/1.1, with connections that stay open. Everything it is asked for is safe to repeat. */
export interface Connection {
  readonly server: string; // what messages call it
  readonly patience: Patience;
  /**
   * Sends a message and gives the answer, whatever its status.
   *
   * @throws ServerGone where there is no answer, also after asking again; TesseraError 'aborted'
   */
  ask(message: Message, signal?: Abort): Promise<Reply>;
  close(): void;
}

/** Prepares to ask a server; nothing is sent yet. @throws TesseraError 'usage' for an address that cannot be one */
export function connectTo({ url, token, certificate, patience }: ServerOptions): Connection {
  const address = addressOf(url);
  const isSecure = address.protocol === 'https:';
  if (token !== undefined && !isSecure && !isThisMachine(address)) {
    throw new TesseraError('usage', 'A token is sent over https alone.', 'Use an address with https://.');
  }
  const agent = isSecure
    ? new SecureAgent({ keepAlive: true, ...(certificate && { secureContext: contextOf(certificate) }) })
    : new Agent({ keepAlive: true });
  const times = { ...PATIENCE, ...patience };
  const server = address.host;
  const headers = {
    'accept-encoding': 'identity', // packing tensors costs more than sending them
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };

  function once({ path, headers: own, body }: Message, signal?: Abort): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = (isSecure ? secureRequest : plainRequest)(new URL(path, address), {
        agent,
        method: body ? 'POST' : 'GET',
        headers: { ...headers, ...own, ...(body && { 'content-length': `${body.length}` }) },
      });
      const watch = setInterval(() => {
        if (signal?.aborted) request.destroy(new TesseraError('aborted', 'Stopped.'));
      }, WATCH);
      const connecting = setTimeout(() => request.destroy(new Error('no connection')), times.connect);
      request.on('socket', (socket) => {
        const isThere = (): void => {
          clearTimeout(connecting);
        };
        if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', isThere);
        else isThere();
      });
      request.setTimeout(times.silence, () => request.destroy(new Error('silence')));
      request.on('close', () => {
        clearInterval(watch);
        clearTimeout(connecting);
      });
      request.on('error', reject);
      request.on('response', (answer) => {
        bodyOf(answer).then((all) => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all });
        }, reject);
      });
      request.end(body);
    });
  }

  return {
    server,
    patience: times,
    async ask(message, signal) {
      for (let attempt = 0; ; attempt++) {
        throwIfAborted(signal);
        const wait = times.again[attempt];
        try {
          const reply = await once(message, signal);
          if (wait === undefined || !BUSY.includes(reply.status)) return readable(server, reply);
        } catch (error) {
          if (error instanceof TesseraError) throw error;
          if (wait === undefined || !mayPass(error)) throw new ServerGone(server, whatOf(error), error);
        }
        await sleep(wait);
      }
    },
    close() {
      agent.destroy();
    },
  };
}

function contextOf(certificate: { readonly cert: string; readonly key: string }): SecureContext {
  try {
    return createSecureContext(certificate);
  } catch (cause) {
    throw new TesseraError(
      'usage',
      'The certificate for the server cannot be used.',
      'Choose a PEM file that holds the certificate and its key, without a password.',
      { cause },
    );
  }
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol) || address.username !== '') {
    throw new TesseraError(
      'usage',
      'The address of a server begins with http:// or https:// and holds no user or password.',
      'Write it like https://models.example.org:8000.',
    );
  }
  address.search = '';
  address.hash = '';
  if (!address.pathname.endsWith('/')) address.pathname += '/';
  return address;
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw Object.assign(new Error('too large'), { code: 'TOO_LARGE' });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** An answer that means the same to every caller is told here. */
function readable(server: string, reply: Reply): Reply {
  const { status } = reply;
  if (status === 401 || status === 403) {
    throw new TesseraError(
      'package',
      `The server ${server} does not let you in.`,
      'Check the token or the certificate.',
    );
  }
  if (status >= 300 && status < 400) throw new ServerGone(server, 'sends elsewhere, which is not followed');
  if (BUSY.includes(status)) throw new ServerGone(server, 'is too busy');
  return reply;
}

/** Whether asking again may help: the connection was cut or refused, as when a server starts anew. */
function mayPass(error: unknown): boolean {
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(errorCode(error) ?? '');
}

function whatOf(error: unknown): string {
  const code = errorCode(error) ?? '';
  if (code === 'TOO_LARGE') return 'gives an answer that is far too large';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'ends its answers in the middle';
  if (code.startsWith('HPE_')) return 'gives an answer that is not HTTP as we read it';
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/.test(code)) return 'has a certificate that cannot be trusted';
  if (error instanceof Error && error.message === 'silence') return 'takes too long';
  return 'cannot be reached';
}
