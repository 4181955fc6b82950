import { expect, test } from 'vitest';
import { TesseraError, toErrorShape } from '../../../../core/base/errors.ts';

const DEFECT = { code: 'internal', message: 'Something inside Tessera failed that should not have.' };

test('an error of ours keeps its sentence and its hint', () => {
  expect(toErrorShape(new TesseraError('input', 'It is broken.', 'Mend it.'))).toEqual({
    code: 'input',
    message: 'It is broken.',
    hint: 'Mend it.',
  });
});

test.each([
  ['an error of a library', new TypeError('x is undefined\n    at /src/a.cc:12')],
  ['a text', 'oops'],
  ['nothing', undefined],
  ['an object that cannot be shown', { toString: null }],
  ['an object without a prototype', Object.create(null)],
])('%s is told in a sentence of ours', (_, thrown) => {
  expect(toErrorShape(thrown)).toEqual(DEFECT);
});

test('a sentence with a long path keeps both of its ends, and is at most 200 characters long', () => {
  const { message, hint } = toErrorShape(
    new TesseraError('input', `"/${'deep/'.repeat(200)}a.png" is empty.`, 'x'.repeat(201)),
  );
  expect(message).toHaveLength(200);
  expect(message).toMatch(/^"\/deep\/.*….*a\.png" is empty\.$/);
  expect(hint).toHaveLength(200);
});

test('what would break a line or turn text around is shown, not done', () => {
  const { message } = toErrorShape(new TesseraError('input', '"a\nb\u001b[2J\u202ec" is empty.'));
  expect(message).toBe('"a\ufffdb\ufffd[2J\ufffdc" is empty.');
});
