import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Document } from '../../../../../../core/document/document.ts';
import { boundsOf } from '../../../../../../core/raster/bounds.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { move } from '../../../../../unit/core/document/project/support.ts';
import { expectEqual, inFolder, openFile, startClient, startEngine } from './support.ts';

/** Saved by a version that wrote format 1: a rectangle, a brush stroke, an accepted fill, and a crop that is undone. */
const FILE = join(import.meta.dirname, '../../../../../fixtures/projects/format1.tessera');

function redAt({ picture }: Document, x: number, y: number): number {
  return readRect(picture, { x, y, width: 1, height: 1 })[0]!;
}

test('a project of format 1 opens with its history, and is saved in the newest format', () =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const file = join(folder, 'old.tessera');
    await copyFile(FILE, file);
    const old = await openFile(engine, file);
    const { entries, position } = old.history;
    expect(position).toBe(3);
    expect(entries.map(({ label }) => label)).toEqual(['Rectangle', 'Brush', 'Fill', 'Crop']);
    expect(entries[0]!.details).toEqual([
      { kind: 'text', name: 'Selection', text: 'New' },
      { kind: 'text', name: 'Size', text: '24 x 16 px' },
    ]);
    expect(entries[2]!.details).toContainEqual({ kind: 'text', name: 'Preset', text: 'Balanced, changed' });
    expect(old.extras).toMatchObject({ name: 'photo.jpg', record: { seed: 1174734889 } });

    const states = [0, 1, 2, 3, 4].map((at) => move(old, at).document);
    expect(states.map((state) => boundsOf(state.selection))).toEqual([
      null,
      { x: 40, y: 30, width: 24, height: 16 },
      { x: 24, y: 30, width: 40, height: 18 },
      null,
      null,
    ]);
    expect(states.map((state) => redAt(state, 50, 40))).toEqual([50, 50, 50, 201, 201]); // as opened, then filled
    expect(states.map(({ tokens }) => tokens.length)).toEqual([0, 0, 0, 1, 1]);
    expect(states[4]!.canvas).toEqual({ x: 8, y: 8, width: 80, height: 64 });

    await startClient(engine).save(old, file);
    const again = await openFile(engine, file);
    expect(again.history.entries.map(({ details }) => details)).toEqual(
      entries.map(({ details }) => details),
    );
    states.forEach((state, at) => {
      expectEqual(move(again, at).document, state);
    });
  }));
