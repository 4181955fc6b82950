import { TesseraError } from './errors.ts';

/** The part of an AbortSignal that core reads; `core` is compiled without DOM or node types. */
export interface Abort {
  readonly aborted: boolean;
}

/** Throws the one error that means "stopped on request"; callers treat it as an outcome, not as a failure. */
export function throwIfAborted(signal: Abort | undefined): void {
  if (signal?.aborted) throw new TesseraError('aborted', 'Stopped.');
}
