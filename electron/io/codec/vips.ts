import type { Worker } from 'node:worker_threads';
import Vips from 'wasm-vips';
import { TesseraError } from '../../../core/base/errors.ts';
import { Overdue } from './deadline.ts';

/** libvips, compiled to WebAssembly: one module with its own memory and threads. */
export type Codec = typeof Vips;
export type VipsImage = Vips.Image;
export type VipsTarget = Vips.Target;

/** Frees what it holds, last first: handles of WebAssembly objects are not garbage-collected. */
export interface Scope {
  hold<T extends { delete(): void }>(handle: T): T;
}

/** An instance of the library. */
interface Instance {
  readonly codec: Promise<Codec>;
  readonly threads: Set<Worker>;
  broken: boolean; // perhaps in one of its threads, where nobody hears it
  gone: boolean;
}

let instance: Instance | null = null;
let lastUsed: Instance | null = null;

/** Memory never shrinks and gets holes: after a large picture, the next one begins in that of another instance. */
const LARGE = 768 * 2 ** 20; // bytes

/**
 * Runs `work` with the codec and frees every handle that it put into the scope. There is one instance as long as it is
 * sound and small; one that breaks is thrown away with its threads, and `work` runs once more in the memory of a fresh
 * one. `work` is synchronous and copies its results out.
 *
 * @throws TesseraError 'internal' where the codec breaks again; what was read or written then is not at fault
 */
export async function withCodec<T>(work: (codec: Codec, scope: Scope) => T): Promise<T> {
  try {
    return await attempt(work);
  } catch (error) {
    if (!isBreakdown(error)) throw error;
  }
  try {
    return await attempt(work);
  } catch (error) {
    if (!isBreakdown(error)) throw error;
    // A refusal, not a breakdown, and in fresh memory: what the file claims may be the reason.
    if (isRefusal(error)) {
      throw new TesseraError(
        'limit',
        'The picture needs more memory than there is, or its file is damaged.',
        'Close other programs, or save the picture anew in another one.',
        { cause: error },
      );
    }
    throw new TesseraError(
      'internal',
      'There was not enough memory for the picture.',
      'Close other pictures and programs, or use a smaller picture.',
      { cause: error },
    );
  }
}

async function attempt<T>(work: (codec: Codec, scope: Scope) => T): Promise<T> {
  const { used, codec } = await ready();
  lastUsed = used;
  const held: { delete(): void }[] = [];
  try {
    return work(codec, {
      hold(handle) {
        held.push(handle);
        return handle;
      },
    });
  } catch (error) {
    used.broken ||= isBreakdown(error) || error instanceof Overdue;
    if (!used.broken || isOurs(error) || isBreakdown(error)) throw error;
    throw Object.assign(new Error('The codec broke down.', { cause: error }), { name: 'RuntimeError' });
  } finally {
    if (used.broken) held.length = 0; // they lie in a memory that is given up
    for (const handle of held.reverse()) handle.delete();
    if (used.broken || memoryOf(codec) > LARGE) discard(used);
  }
}

function isOurs(error: unknown): boolean {
  return error instanceof TesseraError || error instanceof Overdue;
}

async function ready(): Promise<{ used: Instance; codec: Codec }> {
  for (;;) {
    const used = (instance ??= load());
    const codec = await used.codec;
    // Threads come back to its pool through the event loop: without a turn it runs dry, and the codec waits for ever.
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (used.broken) discard(used);
    if (used === instance) return { used, codec };
  }
}

/** Ends its threads, which would keep its memory alive. */
function discard(used: Instance): void {
  if (instance === used) instance = null;
  used.gone = true;
  for (const thread of used.threads) void thread.terminate();
}

/** How much memory it has taken so far, bytes: what it gives out lies in there. */
function memoryOf(codec: Codec): number {
  try {
    const probe = codec.Image.black(1, 1);
    try {
      probe.setBlob('probe', Uint8Array.of(0));
      return probe.getBlob('probe').buffer.byteLength;
    } finally {
      probe.delete();
    }
  } catch {
    return Infinity; // it is broken
  }
}

/**
 * Whether the library itself broke, rather than refused something: WebAssembly traps, and what Emscripten and GLib do
 * when they get no memory. After that, all that it says about any file is wrong.
 */
export function isBreakdown(error: unknown): boolean {
  if (error instanceof TesseraError) return false;
  if (error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError')) return true;
  return /out of memory|failed to allocate|aborted\(|memory access out of bounds|unreachable/i.test(
    codecMessage(error),
  );
}

function load(): Instance {
  listenForThreads();
  const loading: Instance = { codec: loadCodec(breaks), threads: new Set(), broken: false, gone: false };
  function breaks(): void {
    loading.broken = true;
  }
  loading.codec.catch(() => {
    discard(loading);
  });
  return loading;
}

async function loadCodec(onAbort: () => void): Promise<Codec> {
  // Emscripten has another way to wait for its threads, and V8 never lets go of a memory that is waited on like this.
  Reflect.deleteProperty(Atomics, 'waitAsync');
  try {
    const codec = await Vips({
      dynamicLibraries: ['vips-heif.wasm', 'vips-jxl.wasm'],
      preRun: quiet,
      printErr: () => undefined,
      onAbort,
    });
    codec.concurrency(1); // decoders are serial anyway, and a second thread per pipeline only drains the pool
    codec.Cache.max(0); // a cache of operations would keep the pixels of closed pictures
    return codec;
  } finally {
    if (WAIT_ASYNC) Object.defineProperty(Atomics, 'waitAsync', WAIT_ASYNC);
  }
}

const WAIT_ASYNC = Object.getOwnPropertyDescriptor(Atomics, 'waitAsync');

let isListening = false;

/** The library's threads begin while it works, and Node tells of them a moment later. */
function listenForThreads(): void {
  if (isListening) return;
  isListening = true;
  process.on('worker', (thread) => {
    const owner = lastUsed;
    if (!owner) return;
    owner.threads.add(thread);
    if (owner.gone) void thread.terminate();
    // Emscripten would throw an error of a thread where nobody can catch it.
    Object.assign(thread, { onerror: () => (owner.broken = true) });
  });
}

/** Exceptions of the library are no Errors, and carry [type, text]. */
function isRefusal(error: unknown): error is { readonly message: readonly string[] } {
  return typeof error === 'object' && error !== null && 'message' in error && Array.isArray(error.message);
}

type Write = (
  stream: { fd: number },
  bytes: Uint8Array,
  offset: number,
  length: number,
  at?: number,
) => number;

/** Keeps libvips and GLib off stderr: what they find odd in a broken file reaches us as an error if it matters. */
function quiet(module: { FS: { write: Write } }): void {
  const write = module.FS.write;
  module.FS.write = (stream, bytes, offset, length, at) =>
    stream.fd === 2 ? length : write(stream, bytes, offset, length, at);
}

/** What libvips said went wrong. */
export function codecMessage(error: unknown): string {
  if (isRefusal(error)) return error.message.join(': ').trim();
  return error instanceof Error ? error.message : String(error);
}
