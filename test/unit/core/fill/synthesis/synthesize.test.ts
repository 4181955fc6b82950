import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../../core/base/rng.ts';
import { GIVEN, type Scene, SOURCE, TARGET } from '../../../../../core/fill/synthesis/scene.ts';
import { type Synthesis, synthesize } from '../../../../../core/fill/synthesis/synthesize.ts';

const ANY = { planLevel: 2, startLevel: 2, limit: Infinity };

type Colour = readonly [number, number, number];

/** A scene of size x size px whose middle, `hole` px wide, is to be drawn. */
function sceneWith(
  size: number,
  hole: number,
  known: (x: number, y: number) => Colour,
  planned: (x: number, y: number) => Colour,
): Scene {
  const colours = new Uint8Array(3 * size * size);
  const kinds = new Uint8Array(size * size).fill(SOURCE);
  const from = (size - hole) >> 1;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = Math.min(x, y) >= from && Math.max(x, y) < from + hole;
      if (inside) kinds[y * size + x] = TARGET;
      colours.set((inside ? planned : known)(x, y), 3 * (y * size + x));
    }
  }
  return { width: size, height: size, colours, kinds };
}

const stripes = (x: number): Colour => (x % 8 < 4 ? [200, 180, 160] : [60, 80, 100]);
const GREY: Colour = [130, 130, 130];

/** Noise about a grey, the same for the same seed. */
function noise(seed: number): () => Colour {
  const rng = createRng(seed);
  return () => [100 + rng.below(60), 100 + rng.below(60), 100 + rng.below(60)];
}

function targetsOf({ kinds }: Scene): number[] {
  return [...kinds.keys()].filter((i) => kinds[i] === TARGET);
}

describe('patches of the picture', () => {
  it('continue a pattern that was planned only roughly', async () => {
    const soft = (x: number): Colour => (x % 8 < 4 ? [150, 145, 140] : [120, 125, 130]);
    const scene = sceneWith(96, 24, stripes, soft);
    const { colours } = (await synthesize(scene, ANY))!;
    const off = targetsOf(scene).filter((i) => Math.abs(colours[3 * i]! - stripes(i % 96)[0]) > 12);
    expect(off).toEqual([]);
  });

  it('show what the first of several scales gives, at full size', async () => {
    const scene = sceneWith(96, 24, stripes, () => GREY);
    const heard: Synthesis[] = [];
    const onFirstScale = (first: Synthesis): void => void heard.push(first);
    const drawn = (await synthesize(scene, { ...ANY, onFirstScale }))!;
    expect(heard).toHaveLength(1);
    const [{ colours, shares }] = heard as [Synthesis];
    expect(colours).toHaveLength(drawn.colours.length);
    expect(shares).toEqual(drawn.shares);
    const off = (one: Uint8Array): number =>
      targetsOf(scene).reduce((sum, i) => sum + Math.abs(one[3 * i]! - stripes(i % 96)[0]), 0);
    expect(off(colours)).toBeLessThan(off(scene.colours));
    expect(off(drawn.colours)).toBeLessThan(off(colours));
    await synthesize(scene, { ...ANY, startLevel: 0, onFirstScale });
    expect(heard).toHaveLength(1); // there is one scale alone
  });

  it('come from known pixels only: no colour that is merely planned or given gets in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 6, max: 20 }),
        async (seed, hole) => {
          const scene = sceneWith(64, hole, noise(seed), () => [255, 0, 255]);
          scene.kinds[20 * 64 + 20] = GIVEN;
          scene.colours.set([255, 0, 255], 3 * (20 * 64 + 20));
          const { colours } = (await synthesize(scene, ANY))!;
          for (const i of targetsOf(scene)) {
            for (const value of colours.subarray(3 * i, 3 * i + 3)) {
              expect(value).toBeGreaterThanOrEqual(100);
              expect(value).toBeLessThan(160);
            }
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('are the same for the same scene, and leave it as it is', async () => {
    const scene = sceneWith(64, 20, noise(3), () => GREY);
    const before = scene.colours.slice();
    const [one, two] = [await synthesize(scene, ANY), await synthesize(scene, ANY)];
    expect(one).toEqual(two);
    expect(scene.colours).toEqual(before);
  });

  it('are never of a picture that has no known patch', async () => {
    expect(await synthesize(sceneWith(16, 14, stripes, stripes), ANY)).toBeNull();
  });

  it('stop when they are told to', async () => {
    const scene = sceneWith(64, 20, noise(4), () => GREY);
    const stopped = synthesize(scene, { ...ANY, signal: { aborted: true } });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('what nothing in the picture looks like', () => {
  const odd = sceneWith(96, 40, noise(5), () => [230, 20, 40]);
  const middle = 48 * 96 + 48;

  it('stays as it is planned', async () => {
    const { shares, colours } = (await synthesize(odd, { ...ANY, limit: 4.5 }))!;
    expect(shares[middle]).toBe(0);
    expect([...colours.subarray(3 * middle, 3 * middle + 3)]).toEqual([230, 20, 40]);
  });

  it('is drawn over where any patch may be taken', async () => {
    const { shares, colours } = (await synthesize(odd, ANY))!;
    expect(shares[middle]).toBe(1);
    expect(colours[3 * middle]).toBeLessThan(160);
  });
});
