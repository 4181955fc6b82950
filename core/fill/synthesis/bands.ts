import type { Size } from '../../base/geometry.ts';
import { createField, type Field } from './field.ts';
import { between, halve, type Scene } from './scene.ts';
import { noVotes, paintVotes, usualCost, vote } from './vote.ts';

/** The halvings at which coarse content is blended, the coarsest first: waves of 16 px and more, over 72 and 36 px. */
const BANDS = [3, 2] as const;

/** Changes up to this are made, those from the other on are not, levels. */
const ALIKE = 12;
const TOO_DIFFERENT = 32;

/**
 * Blends what patches of different places say, each band of waves over as many pixels as suit it (Burt and Adelson 1983): fine
 * texture stays as sharp as it is, and no step of brightness is left where neighbouring patches come from far apart. The field's
 * colours are changed.
 *
 * @param sceneAt what is planned, with its kinds, after some halvings; null where there are not so many
 * @param pause lets others have their turn, and throws where all of it is given up
 */
export async function blendBands(
  field: Field,
  sceneAt: (level: number) => Scene | null,
  pause: () => Promise<void>,
): Promise<void> {
  const { scene, radius } = field;
  let coarser: Band | null = null;
  for (const level of BANDS) {
    const planned = sceneAt(level);
    const band = planned && votedAt(field, planned, level);
    if (!band) continue;
    await pause();
    if (coarser) await replaceCoarse(band, coarser, radius, pause);
    coarser = band;
  }
  const finest = { ...scene, level: 0, covered: coveredBy(field) };
  if (coarser) await replaceCoarse(finest, coarser, radius, pause);
}

/** Gives a band the coarse content of another. */
async function replaceCoarse(
  band: Band,
  coarser: Band,
  radius: number,
  pause: () => Promise<void>,
): Promise<void> {
  const change = changeOf(coarser, reduced(band, coarser.level - band.level), radius);
  for (let y = 0; y < band.height; y += ROWS) {
    addChange(band, change, y, Math.min(band.height, y + ROWS));
    await pause();
  }
}

/** How many rows are changed before others may have their turn. */
const ROWS = 32;

/** What patches say at a scale. */
interface Band extends Size {
  readonly level: number; // halvings
  readonly colours: Uint8Array; // [height, width, 3]
  readonly covered: Uint8Array; // [height, width], 1 where a patch says something
}

/** The matches of a field, cast as votes at a coarser scale; null where there are none. */
function votedAt(field: Field, planned: Scene, level: number): Band | null {
  const scene = { ...planned, colours: planned.colours.slice() };
  const coarse = createField(scene, field.radius);
  if (!coarse) return null;
  const { width, height } = scene;
  const fine = field.scene.width;
  const step = 1 << level;
  for (let i = 0; i < coarse.patches.length; i++) {
    const at = coarse.patches[i]!;
    const x = at % width;
    const y = (at - x) / width;
    const parent = nearestPatch(field, x * step + (step >> 1), y * step + (step >> 1));
    const match = parent < 0 ? -1 : field.matches[parent]!;
    const from = parent < 0 ? 0 : field.patches[parent]!;
    const left = x + Math.round(((match % fine) - (from % fine)) / step);
    const top = y + Math.round((Math.floor(match / fine) - Math.floor(from / fine)) / step);
    const isInside = match >= 0 && left >= 0 && top >= 0 && left < width && top < height;
    const to = isInside && coarse.isSource[top * width + left] === 1 ? top * width + left : -1;
    coarse.matches[i] = to < 0 ? coarse.sources[0]! : to;
    coarse.costs[i] = to < 0 ? Infinity : field.costs[parent]!; // without a match its vote has no weight
  }
  const votes = noVotes(coarse);
  vote(coarse, coarse.radius, usualCost(field), votes, 0, coarse.patches.length);
  paintVotes(coarse, votes, true);
  return { level, width, height, colours: scene.colours, covered: coveredBy(coarse) };
}

/** The patch whose middle is nearest to a pixel, within the room that patches have; -1 where there is none. */
function nearestPatch({ scene: { width, height }, radius, indexOf }: Field, x: number, y: number): number {
  const column = Math.min(width - 1 - radius, Math.max(radius, x));
  const row = Math.min(height - 1 - radius, Math.max(radius, y));
  return indexOf[row * width + column]!;
}

/** The pixels that patches with a match cover. */
function coveredBy({ scene: { width, height }, patches, radius, costs }: Field): Uint8Array {
  const covered = new Uint8Array(width * height);
  for (let i = 0; i < patches.length; i++) {
    if (costs[i] === Infinity) continue;
    for (let dy = -radius; dy <= radius; dy++) {
      const at = patches[i]! + dy * width;
      covered.fill(1, at - radius, at + radius + 1);
    }
  }
  return covered;
}

/** Colours at a coarser scale. */
function reduced(
  { width, height, colours }: Size & { readonly colours: Uint8Array },
  halvings: number,
): Scene {
  let scene: Scene = { width, height, colours, kinds: new Uint8Array(width * height) };
  for (let i = 0; i < halvings; i++) scene = halve(scene);
  return scene;
}

/**
 * How a band differs from what it is to replace, where patches say something; 0 elsewhere, and within reach of places where what
 * they say is too different to be blended: an edge would throw a shadow.
 */
function changeOf(band: Band, before: Scene, radius: number): Size & { readonly data: Float32Array } {
  const { width, height, covered } = band;
  const data = new Float32Array(3 * width * height);
  const most = new Float32Array(width * height);
  for (let i = 0; i < most.length; i++) {
    if (covered[i] === 0) continue;
    for (let c = 0; c < 3; c++) {
      const change = band.colours[3 * i + c]! - before.colours[3 * i + c]!;
      data[3 * i + c] = change;
      most[i] = Math.max(most[i]!, Math.abs(change));
    }
  }
  const near = greatestNear(most, { width, height }, radius);
  for (let i = 0; i < data.length; i++) {
    data[i]! *= Math.min(
      1,
      Math.max(0, (TOO_DIFFERENT - near[Math.floor(i / 3)]!) / (TOO_DIFFERENT - ALIKE)),
    );
  }
  return { width, height, data };
}

/** The greatest value in the square of 2 * radius + 1 around each pixel. */
function greatestNear(values: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const across = values.map((_, i) => {
    const row = i - (i % width);
    const [from, to] = [Math.max(row, i - radius), Math.min(row + width - 1, i + radius)];
    let most = 0;
    for (let k = from; k <= to; k++) most = Math.max(most, values[k]!);
    return most;
  });
  return across.map((_, i) => {
    let most = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      const k = i + dy * width;
      if (k >= 0 && k < width * height) most = Math.max(most, across[k]!);
    }
    return most;
  });
}

/** Adds a change of a coarser scale, interpolated, to the colours of covered pixels of rows `from` .. `end` - 1. */
function addChange(
  { width, height, colours, covered }: Band,
  change: Size & { readonly data: Float32Array },
  from: number,
  end: number,
): void {
  for (let y = from; y < end; y++) {
    const [top, bottom, down] = between(y, height, change.height);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (covered[i] === 0) continue;
      const [left, right, across] = between(x, width, change.width);
      for (let c = 0; c < 3; c++) {
        const at = (row: number, column: number): number =>
          change.data[3 * (row * change.width + column) + c]!;
        const upper = at(top, left) * (1 - across) + at(top, right) * across;
        const lower = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        const value = colours[3 * i + c]! + upper * (1 - down) + lower * down;
        colours[3 * i + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
}
