import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { watchDefects } from '../../../../electron/engine/defects.ts';

const PATIENCE = 20; // ms

function watch() {
  const process = new EventEmitter();
  const ended: unknown[] = [];
  watchDefects(process, (cause) => ended.push(cause), PATIENCE);
  return { process, ended };
}

test('an error that nobody caught ends the engine, once', () => {
  const { process, ended } = watch();
  process.emit('uncaughtException', 'first');
  process.emit('uncaughtException', 'second');
  expect(ended).toEqual(['first']);
});

test('a rejection that nobody takes ends it after a while', async () => {
  const { process, ended } = watch();
  process.emit('unhandledRejection', 'cause', new Promise(() => undefined));
  expect(ended).toEqual([]);
  await vi.waitFor(() => {
    expect(ended).toEqual(['cause']);
  });
});

test('a rejection that is taken a moment later does not', async () => {
  const { process, ended } = watch();
  const promise = new Promise(() => undefined);
  process.emit('unhandledRejection', 'cause', promise);
  process.emit('rejectionHandled', promise);
  await wait(2 * PATIENCE);
  expect(ended).toEqual([]);
});

test('a refusal never does', async () => {
  const silent = vi.spyOn(console, 'error').mockReturnValue();
  const { process, ended } = watch();
  process.emit('unhandledRejection', new TesseraError('input', 'No.'), new Promise(() => undefined));
  await wait(2 * PATIENCE);
  expect(ended).toEqual([]);
  silent.mockRestore();
});
