import { expect } from 'vitest';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';

/** What a person reads of a file that cannot be used: one sentence of ours, without words of a library. */
export function expectSentence(error: unknown, what: string): void {
  if (!(error instanceof TesseraError)) throw new Error(`${what}: a raw error`, { cause: error });
  const { code, message } = toErrorShape(error);
  expect(code, `${what}: ${message}`).not.toBe('internal');
  expect(message, what).toMatch(/^[^\n]{1,200}$/);
  expect(message, what).not.toMatch(/Invalid input|received|undefined|\bNaN\b|node:|\.ts\b/);
}
