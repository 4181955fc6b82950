import { z } from 'zod';
import type { Frame } from '../../frames/frame.ts';
import type { Rect } from '../../base/geometry.ts';
import type { Steps } from '../branches.ts';
import type { CanvasChange } from '../change.ts';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE, MAX_GRID_SIDE, MAX_ID } from '../../base/limits.ts';
import { text, whole } from '../../base/schema.ts';
import { type Detail, detailSchema } from '../details.ts';
import { changedTiles, placedTiles } from './tileLists.ts';
import { PROJECT_FORMAT } from './versions.ts';

/** What a project says about itself; see README.md. Plain JSON. */
export interface Manifest {
  readonly format: typeof PROJECT_FORMAT;
  readonly app: string; // "Tessera 0.1.0"
  readonly name: string;
  readonly canvas: Rect; // document px
  readonly picture: readonly number[]; // column, row, tile ...
  readonly original: readonly number[];
  readonly selection: readonly number[];
  readonly frame: Frame | null;
  readonly tokens: readonly number[]; // token files
  readonly history: HistoryRecord;
  readonly metadata: { readonly exif?: number; readonly xmp?: number };
  readonly record?: unknown; // of the newest accepted fill
}

export interface HistoryRecord extends Steps<EntryRecord> {
  readonly position: number;
}

/** An undo step. */
export interface EntryRecord {
  readonly id: number;
  readonly label: string;
  readonly details: readonly Detail[];
  readonly at: number; // ms since 1970
  readonly change: ChangeRecord;
}

export interface ChangeRecord {
  readonly picture?: readonly number[]; // column, row, before, after ...
  readonly original?: readonly number[];
  readonly selection?: readonly number[];
  readonly canvas?: CanvasChange;
  readonly frame?: { readonly before: Frame | null; readonly after: Frame | null };
  readonly tokens?: ListChange;
}

/** Lists that begin with the same `kept` numbers; what follows them differs. */
export interface ListChange {
  readonly kept: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const FARTHEST = 2 ** 23; // px; the lattice of tiles ends there
const MAX_RECORD = 65_536; // characters

// Each text completes the sentence "<place> must be ...".
const part = whole(1, MAX_ID);
const parts = z.array(part, 'a list of numbers');
const place = whole(-FARTHEST, FARTHEST);
const side = whole(1, MAX_CANVAS_SIDE);

export const canvasSchema = z
  .object({ x: place, y: place, width: side, height: side }, 'a rectangle')
  .refine(
    ({ width, height }) => width * height <= MAX_CANVAS_PIXELS,
    `at most ${MAX_CANVAS_PIXELS / 1e6} megapixels`,
  );

const length = whole(1, FARTHEST);
const scaleIs = 'a number above 0';
const tokens = whole(1, MAX_GRID_SIDE);
const frame = z
  .object(
    {
      rect: z.object({ x: place, y: place, width: length, height: length }, 'a rectangle'),
      scale: z.number(scaleIs).positive(scaleIs),
      columns: tokens,
      rows: tokens,
    },
    'a frame',
  )
  .nullable();

const change = z.object(
  {
    picture: z.exactOptional(changedTiles),
    original: z.exactOptional(changedTiles),
    selection: z.exactOptional(changedTiles),
    canvas: z.exactOptional(
      z.object(
        { before: canvasSchema, after: canvasSchema, moved: z.exactOptional(z.literal(true)) },
        'two rectangles',
      ),
    ),
    frame: z.exactOptional(z.object({ before: frame, after: frame }, 'two frames')),
    tokens: z.exactOptional(
      z.object({ kept: whole(0, MAX_ID), before: parts, after: parts }, 'two lists of tokens'),
    ),
  },
  'a change',
);

const step = whole(0, Number.MAX_SAFE_INTEGER);
const entry = z.object(
  {
    id: whole(1, Number.MAX_SAFE_INTEGER),
    label: text,
    details: z.array(detailSchema, 'a list'),
    at: z.number('a time'),
    change,
  },
  'an undo step',
);

export const manifestSchema: z.ZodType<Manifest> = z.object(
  {
    format: z.literal(PROJECT_FORMAT, `${PROJECT_FORMAT}`),
    app: text,
    name: text,
    canvas: canvasSchema,
    picture: placedTiles,
    original: placedTiles,
    selection: placedTiles,
    frame,
    tokens: parts,
    history: z.object(
      {
        position: whole(0, MAX_ID),
        entries: z.array(entry, 'a list'),
        // Projects of before have none.
        branches: z
          .array(
            z.object(
              {
                from: step,
                entries: z.array(entry, 'a list').min(1, 'a list of steps'),
                candidate: z.exactOptional(
                  z.object({ name: text, kept: z.boolean('true or false') }, 'a candidate'),
                ),
              },
              'a branch',
            ),
            'a list',
          )
          .default([]),
        snapshots: z
          .array(z.object({ name: text, step, at: z.number('a time') }, 'a snapshot'), 'a list')
          .default([]),
      },
      'a history',
    ),
    metadata: z.object({ exif: z.exactOptional(part), xmp: z.exactOptional(part) }, 'an object'),
    record: z.exactOptional(z.unknown().refine(isSmall, 'a short record')),
  },
  'an object',
);

function isSmall(record: unknown): boolean {
  try {
    return JSON.stringify(record).length <= MAX_RECORD;
  } catch {
    return false; // nested too deeply
  }
}
