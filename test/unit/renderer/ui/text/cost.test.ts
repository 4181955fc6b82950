import { expect, test } from 'vitest';
import { costText } from '../../../../../renderer/ui/text/cost.ts';

const tokenizer = { loss: 0.024, likeness: 60, sameCodes: 0.99 };

test('what a precision costs is told as changes', () => {
  expect(costText({ pictures: 3, tokenizer, denoiser: { published: 7, now: 7.0042 } })).toBe(
    '\u22120.02 dB, +0.004 bits per token',
  );
  expect(costText({ pictures: 3, tokenizer: { ...tokenizer, loss: -0.3 }, denoiser: null })).toBe('+0.30 dB');
  expect(
    costText({
      pictures: 3,
      tokenizer: { ...tokenizer, loss: 0.001 },
      denoiser: { published: 7, now: 6.9999 },
    }),
  ).toBe('0.00 dB, 0.000 bits per token');
});
