import { describe, expect, it } from 'vitest';
import { blendBands } from '../../../../../core/fill/synthesis/bands.ts';
import { createField, type Field } from '../../../../../core/fill/synthesis/field.ts';
import { halve, type Scene, SOURCE, TARGET } from '../../../../../core/fill/synthesis/scene.ts';
import { noVotes, paintVotes, vote } from '../../../../../core/fill/synthesis/vote.ts';

const SIDE = 160; // px
const HOLE = { from: 40, to: 120 }; // px, of both axes

/** What is known is `low` at the left and `high` at the right, with `grain` on alternate columns. */
function knownScene(low: number, high: number, grain: number): Scene {
  const colours = new Uint8Array(3 * SIDE * SIDE);
  const kinds = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < kinds.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const inside = Math.min(x, y) >= HOLE.from && Math.max(x, y) < HOLE.to;
    kinds[i] = inside ? TARGET : SOURCE;
    colours.fill((x < SIDE / 2 ? low : high) + (x % 2) * grain, 3 * i, 3 * i + 3);
  }
  return { width: SIDE, height: SIDE, colours, kinds };
}

/** A field that is drawn: the left half of the hole with patches from the far left, the right half from the far right. */
function drawn(scene: Scene): Field {
  const field = createField({ ...scene, colours: scene.colours.slice() }, 4)!;
  field.patches.forEach((at, i) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    field.matches[i] = y * SIDE + (x < SIDE / 2 ? 4 + (x % 32) : SIDE - 5 - ((SIDE - 1 - x) % 32));
    field.costs[i] = 1;
  });
  const votes = noVotes(field);
  vote(field, 2, 1, votes, 0, field.patches.length);
  paintVotes(field, votes, true);
  return field;
}

function blended(scene: Scene, field: Field): Promise<void> {
  const scenes = [scene];
  while (scenes.length < 4) scenes.push(halve(scenes.at(-1)!));
  return blendBands(
    field,
    (level) => scenes[level] ?? null,
    () => Promise.resolve(),
  );
}

const rowOf = ({ scene: { colours } }: Field): number[] =>
  Array.from({ length: SIDE }, (_, x) => colours[3 * ((SIDE / 2) * SIDE + x)]!);

/** The steepest rise from a pixel to the second next, which has the same grain. */
const steepest = (row: readonly number[]): number =>
  Math.max(...row.slice(2).map((value, i) => value - row[i]!));

describe('bands', () => {
  it('leave no step where patches of another brightness begin', async () => {
    const scene = knownScene(100, 120, 0);
    const field = drawn(scene);
    const before = steepest(rowOf(field));
    await blended(scene, field);
    expect(steepest(rowOf(field))).toBeLessThan(before / 2);
    expect(rowOf(field)[HOLE.from + 2]).toBe(100);
    expect(rowOf(field)[HOLE.to - 3]).toBe(120);
  });

  it('keep fine texture as sharp as it is', async () => {
    const scene = knownScene(100, 120, 30);
    const field = drawn(scene);
    await blended(scene, field);
    const row = rowOf(field);
    for (let x = HOLE.from; x < HOLE.to - 1; x += 2) expect(row[x + 1]! - row[x]!).toBeGreaterThan(24);
    expect(steepest(row)).toBeLessThan(5);
  });

  it('leave what is too different as it is: an edge throws no shadow', async () => {
    const scene = knownScene(20, 230, 0);
    const field = drawn(scene);
    const before = field.scene.colours.slice();
    await blended(scene, field);
    expect(field.scene.colours).toEqual(before);
  });

  it('change nothing where all patches come from the same place', async () => {
    const scene = knownScene(100, 100, 20);
    const field = drawn(scene);
    const before = field.scene.colours.slice();
    await blended(scene, field);
    const most = Math.max(...before.map((value, i) => Math.abs(value - field.scene.colours[i]!)));
    expect(most).toBeLessThanOrEqual(1);
  });

  it('stop where all of it is given up', async () => {
    const scene = knownScene(100, 120, 0);
    const scenes = [scene, halve(scene), halve(halve(scene))];
    const given = blendBands(
      drawn(scene),
      (level) => scenes[level] ?? null,
      () => Promise.reject(new Error('given up')),
    );
    await expect(given).rejects.toThrow('given up');
  });
});
