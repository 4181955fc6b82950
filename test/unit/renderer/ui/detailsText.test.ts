import { expect, test } from 'vitest';
import { detailsText } from '../../../../renderer/ui/history/detailsText.ts';

test('a prompt is told with what it keeps away from and how far it leads', () => {
  const plain = detailsText([{ kind: 'prompt', text: 'brick wall', negative: '', guidance: 5 }]);
  expect(plain.replaceAll('\u00a0', ' ')).toBe('“brick wall” · Guidance 5');
  const both = detailsText([
    { kind: 'prompt', text: 'sea', negative: 'ships', guidance: 2 },
    { kind: 'share', of: 'strength', share: 0.4 },
  ]);
  expect(both.replaceAll('\u00a0', ' ')).toBe('“sea” · Not “ships” · Guidance 2 · Strength 40 %');
});
