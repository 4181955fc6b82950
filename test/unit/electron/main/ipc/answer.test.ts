import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { answer, type Handlers } from '../../../../../electron/main/ipc/answer.ts';
import { PARAMS } from '../../../../../electron/main/ipc/schemas.ts';

const called: string[] = [];
const handlers = Object.fromEntries(
  Object.keys(PARAMS).map((method) => [
    method,
    () => {
      called.push(method);
      return method;
    },
  ]),
) as unknown as Handlers;

test('a call that fits reaches its handler', async () => {
  expect(await answer(handlers, { method: 'files.open', params: { kind: 'mask' } })).toEqual({
    ok: 'files.open',
  });
});

test('what a handler throws keeps its sentence', async () => {
  const failing: Handlers = {
    ...handlers,
    'files.recent': () => {
      throw new TesseraError('input', 'It is broken.', 'Mend it.');
    },
    'preferences.read': () => Promise.reject(new Error('odd')),
  };
  expect(await answer(failing, { method: 'files.recent', params: null })).toEqual({
    error: { code: 'input', message: 'It is broken.', hint: 'Mend it.' },
  });
  expect(await answer(failing, { method: 'preferences.read', params: null })).toEqual({
    error: { code: 'internal', message: 'Something inside Tessera failed that should not have.' },
  });
});

test.each([
  ['no message', null],
  ['an unknown method', { method: 'files.delete', params: null }],
  ['a method of every object', { method: 'toString', params: null }],
  ['a key more', { method: 'files.open', params: { kind: 'mask', path: '/etc/passwd' } }],
  ['a wrong kind', { method: 'files.save', params: { kind: 'exe', name: 'x' } }],
  ['no buttons', { method: 'dialog.ask', params: { message: '', detail: '', buttons: [] } }],
  ['a picture as an array', { method: 'clipboard.writePicture', params: { png: [1, 2, 3] } }],
  ['a text that is none', { method: 'clipboard.writeText', params: { text: 7 } }],
  ['a text without end', { method: 'clipboard.writeText', params: { text: 'x'.repeat(2 ** 23 + 1) } }],
  ['too many preferences', { method: 'preferences.write', params: { values: { a: 'x'.repeat(2 ** 21) } } }],
])('%s is refused in a sentence, and reaches nobody', async (_name, message) => {
  called.length = 0;
  const outcome = await answer(handlers, message);
  expect(outcome).toMatchObject({
    error: { code: 'usage', message: expect.stringMatching(/^[A-Z].*\.$/) as string },
  });
  expect(called).toEqual([]);
});

test('no message makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(PARAMS)), fc.anything(), async (method, params) => {
      const outcome = await answer(handlers, { method, params });
      expect(Object.keys(outcome)).toHaveLength(1);
    }),
  );
});
