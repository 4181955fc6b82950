import { expect, it } from 'vitest';
import { createBench, openPicture } from '../support/editor.ts';

it('puts a document where another one is, and leaves the others in their order', () => {
  const bench = createBench();
  const [a, b, c] = [openPicture(bench), openPicture(bench), openPicture(bench)] as const;
  const { editor } = bench;
  editor.moveTo(a, b);
  expect(editor.documents).toEqual([b, a, c]);
  editor.moveTo(c, b);
  expect(editor.documents).toEqual([c, b, a]);
  editor.moveTo(b, b);
  expect(editor.documents).toEqual([c, b, a]);
});
