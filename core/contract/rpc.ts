import type { ErrorShape } from '../base/errors.ts';

/** What travels over the port between the window and the engine. `id` is the caller's own count. */
export type RpcMessage =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorShape };

/** The part of a MessagePort that both ends use; core has neither DOM nor node types. It copies what it sends. */
export interface Port {
  postMessage(message: RpcMessage): void;
}

/** Every buffer behind the typed arrays in a value (plain objects, arrays, typed arrays), each once: what can be moved. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    return;
  }
  for (const part of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) collect(part, found);
}
