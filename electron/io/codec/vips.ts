import Vips from 'wasm-vips';
import { TesseraError } from '../../../core/base/errors.ts';

/** libvips, compiled to WebAssembly: one module with its own memory and threads. */
export type Codec = typeof Vips;
export type VipsImage = Vips.Image;
export type VipsTarget = Vips.Target;

/** Frees what it holds, last first: handles of WebAssembly objects are not garbage-collected. */
export interface Scope {
  hold<T extends { delete(): void }>(handle: T): T;
}

let instance: Promise<Codec> | undefined;

/**
 * Runs `work` with the codec and frees every handle that it put into the scope. There is one instance as long as it is
 * sound, because its memory is reused but never given back; one that breaks is thrown away, and `work` runs once more in
 * the memory of a fresh one. `work` is synchronous and copies its results out.
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
    throw new TesseraError(
      'internal',
      'There was not enough memory for the picture.',
      'Close other pictures and programs, or use a smaller picture.',
      { cause: error },
    );
  }
}

async function attempt<T>(work: (codec: Codec, scope: Scope) => T): Promise<T> {
  const codec = await (instance ??= loadCodec());
  // Threads come back to its pool through the event loop: without a turn it runs dry, and the codec waits for ever.
  await new Promise((resolve) => setTimeout(resolve, 1));
  const held: { delete(): void }[] = [];
  try {
    return work(codec, {
      hold(handle) {
        held.push(handle);
        return handle;
      },
    });
  } catch (error) {
    if (isBreakdown(error)) {
      instance = undefined;
      held.length = 0; // they lie in a memory that is given up
    }
    throw error;
  } finally {
    for (const handle of held.reverse()) handle.delete();
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

async function loadCodec(): Promise<Codec> {
  try {
    const codec = await Vips({ dynamicLibraries: ['vips-heif.wasm'], preRun: quiet });
    codec.concurrency(1); // decoders are serial anyway, and a second thread per pipeline only drains the pool
    codec.Cache.max(0); // a cache of operations would keep the pixels of closed pictures
    return codec;
  } catch (error) {
    instance = undefined;
    throw error;
  }
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

/** What libvips said went wrong: its exceptions are no Errors and carry [type, text]. */
export function codecMessage(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return Array.isArray(error.message) ? error.message.join(': ').trim() : String(error.message);
}
