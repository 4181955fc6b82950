import { expect, test } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { eachInput } from '../../../../../electron/cli/shared/batch.ts';
import type { Context } from '../../../../../electron/cli/shared/context.ts';

/** What a command says of many inputs. */
function listening(signal = new AbortController().signal) {
  const said: string[] = [];
  const reporter = {
    say: (text: string) => said.push(text),
    fail: (error: Error, input: string) => said.push(`${input}: ${error.message}`),
  };
  return { said, context: { signal, reporter } as unknown as Context };
}

test('several are worked on at once, and told in their order', async () => {
  const { said, context } = listening();
  const waits = [30, 5, 20, 1];
  let now = 0;
  let most = 0;
  const outcomes = await eachInput(
    ['a', 'b', 'c', 'd'],
    context,
    'filled',
    async (_, index) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, waits[index]));
      now--;
      if (index === 1) throw new TesseraError('input', 'No picture.');
      return { index };
    },
    { atOnce: 2, tell: ({ index }) => said.push(`told ${index}`) },
  );
  expect(most).toBe(2);
  expect(outcomes.map(({ input, ok }) => [input, ok])).toEqual([
    ['a', true],
    ['b', false],
    ['c', true],
    ['d', true],
  ]);
  expect(said.slice(0, 4)).toEqual(['told 0', 'b: No picture.', 'told 2', 'told 3']);
  expect(said.at(-1)).toBe('3 of 4 filled, 1 not.');
});

test('a stop is told once, with what was done before it', async () => {
  const stop = new AbortController();
  const { said, context } = listening(stop.signal);
  const outcomes = await eachInput(
    ['a', 'b', 'c', 'd', 'e'],
    context,
    'filled',
    async (_, index) => {
      if (index === 2) return { index };
      await new Promise((resolve) => setTimeout(resolve, 5 * (index + 1)));
      if (index > 2) stop.abort();
      if (index !== 1 || stop.signal.aborted) throw new TesseraError('aborted', 'Stopped.');
      return { index };
    },
    { atOnce: 3 },
  );
  expect(outcomes.filter(({ ok }) => !ok)).toHaveLength(1);
  expect(said.filter((text) => text.includes('Stopped.')).length).toBe(2); // as it happens, and in the table
  expect(outcomes.some(({ input }) => input === 'c')).toBe(true);
});
