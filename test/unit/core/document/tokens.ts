import fc from 'fast-check';
import type { FrameTokens } from '../../../../core/document/document.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { createGrid, MASK } from '../../../../core/tokens/grid.ts';
import { ENCODED, MISSING, PAINTED, PINNED, type Provenance } from '../../../../core/tokens/provenance.ts';
import { stream } from '../pixels/random.ts';

export const made = { id: 'base', sha256: 'ab12' };

/** Tokens of any origin, some missing, some pinned. */
export function noiseTokens(frame: Frame, seed: number, codes = 9): FrameTokens {
  const next = stream(seed);
  const ids = Int32Array.from({ length: frame.columns * frame.rows }, () =>
    next() < 0.1 ? MASK : Math.floor(next() * codes),
  );
  const hows: Provenance[] = [ENCODED, PAINTED, PINNED, { kind: 'filled', step: 3, probability: 0.25 }];
  return {
    package: made,
    frame,
    grid: createGrid(frame.columns, frame.rows, ids),
    pins: [...ids.keys()].filter((cell) => ids[cell] !== MASK && next() < 0.1),
    provenance: Array.from(ids, (id) => (id === MASK ? MISSING : hows[Math.floor(next() * hows.length)]!)),
  };
}

/** Frames that lie on, across and beside a canvas. */
export const framesAround: fc.Arbitrary<Frame> = fc
  .record({
    x: fc.integer({ min: -130, max: 330 }),
    y: fc.integer({ min: -130, max: 260 }),
    unit: fc.integer({ min: 3, max: 40 }),
    columns: fc.integer({ min: 1, max: 8 }),
    rows: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ x, y, unit, columns, rows }) => ({
    rect: { x, y, width: columns * unit, height: rows * unit },
    scale: unit / 16,
    columns,
    rows,
  }));
