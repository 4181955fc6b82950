import { expect, test } from 'vitest';
import { answerBy } from '../../../../electron/engine/answer.ts';
import type { Handlers } from '../../../../electron/engine/handler.ts';

const call = { signal: new AbortController().signal, progress: () => undefined };
const answer = answerBy({
  'package.load': ({ ref }: { ref: string }) => Promise.resolve(`loaded ${ref}`),
} as unknown as Handlers);

test('hands checked params to the handler', async () => {
  expect(await answer('package.load', { ref: 'tiny', more: 'is left out' }, call)).toBe('loaded tiny');
});

test.each([
  ['package.load', { ref: 7 }, '"package.load" cannot be done: ref must be a text.'],
  ['package.load', 'tiny', '"package.load" cannot be done: what it is given must be an object.'],
  ['package.explode', {}, 'The engine cannot do "package.explode".'],
  ['toString', null, 'The engine cannot do "toString".'],
])('says in one sentence why %s of %j is refused', async (method, params, message) => {
  await expect(answer(method, params, call)).rejects.toMatchObject({ code: 'usage', message });
});
