import { RECORD } from '../../../../fixtures/record.ts';
import { describe, expect, test } from 'vitest';
import type { FillParams } from '../../../../../core/fill/params.ts';
import { engineSchemas } from '../../../../../core/contract/schemas/engineSchemas.ts';
import { TILE } from '../../../../../core/raster/raster.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { schemaPath } from '../../../../../core/base/schema.ts';

const canvas = { x: -5, y: 0, width: 10, height: 20 };
const tile = new Uint8Array(TILE * TILE * 4);
const document = '7f3c2d1e-0b4a-4c5d-8e9f-0123456789ab';

const fill: FillParams = {
  package: 'tessera-base',
  frames: [
    {
      plan: {
        frame: { rect: { x: -8, y: 0, width: 32, height: 16 }, scale: 1, columns: 4, rows: 2 },
        bounds: { x: 0, y: 0, width: 3, height: 3 },
      },
      region: { x: 0, y: 0, width: 24, height: 16 },
      picture: new Uint8Array(24 * 16 * 4),
      selection: new Uint8Array(24 * 16),
    },
  ],
  sampling: PRESETS.balanced,
  seed: 2 ** 32 - 1,
  candidates: 4,
  feather: 8,
  detail: 1,
  texture: 0.75,
};
const frame = fill.frames[0]!;

const write = {
  file: null,
  format: 'png',
  quality: 92,
  canvas,
  tiles: [{ key: 5, tile }],
  selection: [],
  metadata: { exif: new Uint8Array(3) },
  record: RECORD,
} as const;

const ids = Int32Array.from({ length: 8 }, (_, i) => i);
const grid = { width: 4, height: 2, ids };
const seen = { frame: frame.plan.frame, region: frame.region, picture: frame.picture };
const paint = { package: 'tessera-base', ...seen, before: grid, after: grid, cells: [1, 2] };
const tokens = {
  format: 1,
  package: { id: 'a', sha256: '' },
  width: 4,
  height: 2,
  ids: Array.from(ids),
  pins: [3],
} as const;
const known = { cells: [0, 5], ids: [7, 8], pins: [5] };
const start = {
  step: 1,
  ids: Array.from(ids),
  believed: Array.from(ids, () => 0.5),
  rng: [1, 2, 3, 4, 5, 6],
};
const compose = {
  package: 'tessera-base',
  frame,
  hole: [1],
  known: ids,
  ids,
  feather: 0,
  detail: 1,
  texture: 0.75,
};

describe('what the engine accepts', () => {
  test('keeps what concerns tokens', () => {
    const branch = { ...fill, frames: [{ ...frame, tokens: known, start }] };
    expect(engineSchemas['fill.run'].parse(branch)).toEqual(branch);
    const { plan } = fill.frames[0]!;
    const coarse = { ...plan, coarse: plan };
    const wide = { ...fill, frames: [{ ...fill.frames[0]!, plan: { ...plan, coarse } }] };
    expect(engineSchemas['fill.run'].parse(wide)).toEqual(wide);
    expect(engineSchemas['tokens.paint'].parse(paint)).toEqual(paint);
    expect(engineSchemas['tokens.paint'].parse(paint).before.ids).toBe(ids);
    expect(engineSchemas['fill.compose'].parse(compose)).toEqual(compose);
    expect(engineSchemas['tokens.write'].parse({ file: 'a', tokens })).toEqual({ file: 'a', tokens });
  });

  test('keeps what fits, without copying its bytes', () => {
    const parsed = engineSchemas['fill.run'].parse(fill);
    expect(parsed).toEqual(fill);
    expect(parsed.frames[0]!.picture).toBe(frame.picture);
    const written = engineSchemas['picture.write'].parse(write);
    expect(Object.keys(written)).toEqual(Object.keys(write));
    expect(written.tiles[0]!.tile).toBe(tile);
    for (const params of [{ file: 'a' }, { bytes: new Uint8Array(2), name: 'clipboard' }]) {
      expect(engineSchemas['picture.read'].parse(params)).toEqual(params);
    }
    expect(engineSchemas['package.list'].parse(null)).toBeNull();
  });

  test.each([
    ['picture.read', {}, '', 'a file, or bytes with a name'],
    ['picture.read', { bytes: [1, 2], name: 'x' }, '', 'a file, or bytes with a name'],
    ['picture.write', { ...write, format: 'gif' }, 'format', 'png, jpeg or webp'],
    ['picture.write', { ...write, quality: 0 }, 'quality', 'a whole number from 1 to 100'],
    [
      'picture.write',
      { ...write, tiles: [{ key: 1, tile: new Uint8Array(9) }] },
      'tiles[0].tile',
      '262144 bytes',
    ],
    ['picture.write', { ...write, selection: [{ key: 1, tile }] }, 'selection[0].tile', '65536 bytes'],
    [
      'picture.write',
      { ...write, canvas: { ...canvas, width: 0 } },
      'canvas.width',
      'a whole number from 1 to 100000',
    ],
    ['package.load', { ref: '' }, 'ref', 'a text of at least one character'],
    ['package.list', {}, '', 'null'],
    ['fill.run', { ...fill, frames: [] }, 'frames', 'at least one frame'],
    ['fill.run', { ...fill, seed: -1 }, 'seed', 'a whole number from 0 to 4294967295'],
    [
      'fill.run',
      { ...fill, sampling: { ...PRESETS.draft, order: 'spiral' } },
      'sampling.order',
      'one of random, confidence, annealed, purity, halton, raster, ancestral',
    ],
    [
      'fill.run',
      { ...fill, frames: [{ ...frame, selection: new Uint8Array(3) }] },
      'frames[0].selection',
      'the 384 bytes of its region',
    ],
    [
      'fill.run',
      { ...fill, frames: [{ ...frame, plan: { ...frame.plan, frame: { ...frame.plan.frame, rows: 3 } } }] },
      'frames[0].plan.frame',
      'a frame whose tokens are squares of whole px',
    ],
    [
      'fill.run',
      { ...fill, frames: [{ ...frame, tokens: { ...known, cells: [8, 5] } }] },
      'frames[0].tokens.cells',
      'cells of a frame of 4 x 2 tokens',
    ],
    [
      'fill.run',
      { ...fill, frames: [{ ...frame, tokens: { ...known, pins: [1] } }] },
      'frames[0].tokens',
      'known tokens whose pins are among their cells',
    ],
    [
      'fill.run',
      { ...fill, frames: [{ ...frame, start: { ...start, rng: [1, 2, 3, 4] } }] },
      'frames[0].start.rng',
      'the state of a generator',
    ],
    ['tokens.paint', { ...paint, cells: [] }, 'cells', 'at least one cell'],
    ['tokens.paint', { ...paint, cells: [8] }, 'cells', 'cells of a frame of 4 x 2 tokens'],
    ['tokens.paint', { ...paint, cells: [1, 1] }, 'cells', 'a list of cells, each once'],
    ['tokens.paint', { ...paint, after: { width: 2, height: 4, ids } }, 'after', 'a grid of 4 x 2 tokens'],
    ['tokens.paint', { ...paint, picture: new Uint8Array(4) }, 'picture', 'the 1536 bytes of its region'],
    [
      'tokens.measure',
      { package: 'a', grid: { ...grid, width: 5 } },
      'grid',
      'a grid with an id for each cell',
    ],
    ['tokens.suggest', { ...paint, grid, hole: [], count: 0 }, 'count', 'a whole number from 1 to 1024'],
    ['fill.compose', { ...compose, known: ids.subarray(1) }, 'known', 'an id for each cell of the frame'],
    [
      'tokens.write',
      { file: 'a', tokens: { ...tokens, pins: [3, 3] } },
      'tokens',
      'tokens that agree with themselves (a cell is pinned twice)',
    ],
    ['recovery.drop', { document: '../../etc' }, 'document', 'a UUID'],
    [
      'recovery.add',
      { document, parts: [{ id: 1, kind: 'virus', bytes: tile }] },
      'parts[0].kind',
      'tile, tokens or metadata',
    ],
  ] as const)('%s refuses %#', (method, params, place, words) => {
    const { error } = engineSchemas[method].safeParse(params);
    const issue = error!.issues[0]!;
    expect(schemaPath(issue.path)).toBe(place);
    expect(issue.message).toBe(words);
  });
});
