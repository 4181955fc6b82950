import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandReference, REFERENCE } from '../../../../electron/cli/reference.ts';

test('the reference of the command line is what the program prints now; else: npm run docs', () => {
  expect(readFileSync(REFERENCE, 'utf8')).toBe(commandReference());
});

test('it has every command, also those inside another', () => {
  const text = commandReference();
  for (const name of ['fill', 'outpaint', 'generate', 'encode', 'decode', 'tokens', 'packages', 'info'])
    expect(text).toContain(`## tessera ${name}\n`);
  expect(text).toContain('Usage: tessera packages import [options] <FILES...>');
});
