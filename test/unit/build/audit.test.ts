import { expect, test } from 'vitest';
import { countsIn } from '../../../build/audit.mjs';

test('an answer of the registry is told from everything else', () => {
  const vulnerabilities = { low: 1, high: 2, total: 3 };
  expect(countsIn(JSON.stringify({ vulnerabilities: {}, metadata: { vulnerabilities } }))).toEqual(
    vulnerabilities,
  );
  expect(countsIn('{"message":"405 Method Not Allowed","error":{}}')).toBeNull();
  expect(countsIn('')).toBeNull();
});
