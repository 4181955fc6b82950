import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anchorsIn, brokenLinks, localLinks } from '../../../build/links.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-links-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('headings are linked to as GitHub does it', () => {
  const text = '# What’s new, in `1.0`?\n## A [link](x.md)\n## A link\n```\n# no heading\n```\n';
  expect([...anchorsIn(text)]).toEqual(['whats-new-in-10', 'a-link', 'a-link-1']);
});

test('links of a network, and what is code, are no links here', () => {
  const text =
    '[a](b.md) ![c](<d.png>) [e](https://example.org/f.md) `[g](h.md)` [i](j.md "title")\n```\n[k](l.md)\n```\n';
  expect(localLinks(text)).toEqual(['b.md', 'd.png', 'j.md']);
});

test('a link to a file or a heading that is not there is told', () => {
  const page = path.join(folder, 'page.md');
  writeFileSync(path.join(folder, 'other.md'), '# Here\n');
  writeFileSync(
    page,
    '# Top\n[1](other.md#here) [2](#top) [3](other.md#there) [4](gone.png) [5](#bottom) [6](.)',
  );
  expect(brokenLinks(page)).toEqual([
    'other.md#there: there is no such heading',
    'gone.png: there is no such file',
    '#bottom: there is no such heading',
  ]);
});
