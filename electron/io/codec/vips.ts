import Vips from 'wasm-vips';

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
 * Runs `work` with the codec and frees every handle that it put into the scope. There is one instance for the life
 * of the process, because its memory is reused but never given back. `work` is synchronous and copies its results out.
 */
export async function withCodec<T>(work: (codec: Codec, scope: Scope) => T): Promise<T> {
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
  } finally {
    for (const handle of held.reverse()) handle.delete();
  }
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
