import { expect, test } from 'vitest';
import { lostText, salvage } from '../../../../../core/document/projectFile.ts';
import type { Manifest } from '../../../../../core/document/project/manifest.ts';
import { findParts, type PartUses } from '../../../../../core/document/project/parts.ts';

const step = (id: number, before: number, after: number): Manifest['history']['entries'][number] => ({
  id,
  label: 'Brush',
  details: [],
  at: 0,
  change: { picture: [0, 0, before, after] },
});

/** A picture of two tiles, 7 and 2, of which the first came from 1 by way of 5 and 6, and goes on to 8. */
const MANIFEST: Manifest = {
  format: 2,
  app: 'Tessera',
  name: 'pond',
  canvas: { x: 0, y: 0, width: 512, height: 256 },
  picture: [0, 0, 7, 1, 0, 2],
  original: [0, 0, 1, 1, 0, 2],
  selection: [0, 0, 3],
  frame: null,
  tokens: [4],
  history: {
    position: 3,
    entries: [step(1, 1, 5), step(2, 5, 6), step(3, 6, 7), step(4, 7, 8)],
    branches: [
      { from: 0, entries: [step(5, 1, 10)] },
      { from: 2, entries: [step(6, 6, 11), step(7, 11, 12)] },
      { from: 6, entries: [step(8, 11, 13)] },
    ],
    snapshots: [
      { name: 'start', step: 0, at: 0 },
      { name: 'other', step: 7, at: 0 },
    ],
  },
  metadata: { exif: 9 },
};
const PROJECT = { manifest: MANIFEST, parts: findParts(MANIFEST) as PartUses };
const without = (...damaged: number[]) => salvage(PROJECT, new Set(damaged));

test('a damaged tile of the picture falls back to the original', () => {
  const { project, lost } = without(7);
  expect(project.manifest.picture).toEqual([0, 0, 1, 1, 0, 2]);
  expect(lost.picture).toEqual([]);
  expect(project.manifest.history).toMatchObject({ position: 0, entries: [] }); // both ends of the last steps are gone
});

test('where both are damaged the place is empty, and it is said which', () => {
  const { project, lost } = without(2);
  expect(project.manifest.picture).toEqual([0, 0, 7]);
  expect(lost.picture).toEqual([{ x: 256, y: 0, width: 256, height: 256 }]);
  expect(project.manifest.history).toEqual(MANIFEST.history);
  expect(project.parts.has(2)).toBe(false);
});

test('the history begins after the last step that cannot be undone', () => {
  const { project, lost } = without(5);
  expect(project.manifest.history.position).toBe(1);
  expect(project.manifest.history.entries.map(({ id }) => id)).toEqual([3, 4]);
  expect(lost.steps).toBe(3); // with the branch from the beginning
  expect(project.manifest.history.branches.map(({ from }) => from)).toEqual([0, 6]); // step 2 is the beginning now
  expect(project.manifest.history.snapshots.map(({ name }) => name)).toEqual(['other']);
});

test('a branch ends before what is damaged in it, and takes what hangs on that along', () => {
  const { project, lost } = without(12);
  expect(project.manifest.history.branches.map(({ entries }) => entries.length)).toEqual([1, 1, 1]);
  expect([lost.steps, project.manifest.history.snapshots.length]).toEqual([1, 1]);
  expect(without(11).project.manifest.history.branches.map(({ from }) => from)).toEqual([0]);
});

test('and ends before the first that cannot be redone', () => {
  const { project } = without(8);
  expect(project.manifest.history.position).toBe(3);
  expect(project.manifest.history.entries.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('selection, tokens and metadata go alone', () => {
  const { project, lost } = without(3, 4, 9);
  expect(project.manifest).toMatchObject({
    selection: [],
    tokens: [],
    metadata: {},
    picture: MANIFEST.picture,
  });
  expect(lost).toEqual({ picture: [], selection: 1, tokens: 1, steps: 8, metadata: true });
});

test('what is lost is one sentence', () => {
  expect(lostText('"pond"', without(2, 5).lost)).toBe(
    '"pond" is damaged; what is intact was opened. Lost: 1 tile of the picture, selected now, 3 undo steps.',
  );
  expect(lostText('"pond"', without().lost)).toBeNull();
});
