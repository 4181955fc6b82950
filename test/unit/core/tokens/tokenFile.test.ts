import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { ENCODED, PINNED, toRuns } from '../../../../core/tokens/provenance.ts';
import {
  type CompactTokenFile,
  formatTokenFile,
  parseTokenFile,
  type TokenFile,
} from '../../../../core/tokens/tokenFile.ts';

const plain: TokenFile = {
  format: 1,
  package: { id: 'tessera.default', sha256: 'ab12' },
  width: 2,
  height: 2,
  ids: [5, -1, 7, 9],
  pins: [3],
};

const full: TokenFile = {
  ...plain,
  provenance: [
    { kind: 'encoded' },
    { kind: 'missing' },
    { kind: 'filled', step: 3, probability: 0.25 },
    { kind: 'pinned' },
  ],
  frame: { rect: { x: -16, y: 0, width: 32, height: 32 }, scale: 2 },
  picture: { width: 640, height: 480 },
};

const compact: CompactTokenFile = { ...full, provenance: toRuns(full.provenance!) };

describe('token files', () => {
  it.each([
    ['the least there may be', plain],
    ['all there may be', full],
  ])('come back as they were written: %s', (_, file) => {
    expect(parseTokenFile(formatTokenFile(file), 'a.json')).toEqual(file);
  });

  it('are read the same from their compact form', () => {
    expect(formatTokenFile(compact)).toContain(
      '"runs":[["encoded",1],["missing",1],["filled",1],["pinned",1]]',
    );
    expect(parseTokenFile(formatTokenFile(compact), 'a.json')).toEqual(full);
  });

  it('share what they say of many cells', () => {
    for (const file of [full, compact]) {
      const { provenance } = parseTokenFile(formatTokenFile(file), 'a.json');
      expect(provenance![0]).toBe(ENCODED);
      expect(provenance![3]).toBe(PINNED);
    }
  });

  it('hold any grid', () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: -1, max: 1023 }), (width, height, first) => {
        const ids = Array.from({ length: width * height }, (_, i) => (first + i) % 1024);
        const file = { ...plain, width, height, ids, pins: [] };
        expect(parseTokenFile(formatTokenFile(file), 'a.json')).toEqual(file);
      }),
    );
  });

  it('show the grid a row a line', () => {
    expect(formatTokenFile(plain)).toContain('  "ids": [\n    5, -1,\n    7, 9\n  ]');
  });

  const problem = (text: string): unknown => {
    try {
      parseTokenFile(text, 'a.json');
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('of a newer format are refused with advice, whatever else they hold', () => {
    expect(problem('{ "format": 2, "tiles": [] }')).toEqual(
      new TesseraError(
        'input',
        'a.json is a token file of format 2, and this version of Tessera reads format 1.',
        'Update Tessera.',
      ),
    );
  });

  const broken: readonly (readonly [string, RegExp])[] = [
    ['{ "format": 1,', /^a\.json is not valid JSON\.$/],
    ['[]', /^a\.json is not a token file \(all of it must be an object\)\.$/],
    ['null', /^a\.json is not a token file/],
    [JSON.stringify({ ...plain, format: 'one' }), /\(format must be 1\)/],
    [JSON.stringify({ ...plain, width: 0 }), /\(width must be a whole number from 1 to 4096\)/],
    [JSON.stringify({ ...plain, width: 1e9 }), /\(width must be a whole number from 1 to 4096\)/],
    [
      JSON.stringify({ ...plain, ids: [5, -2, 7, 9] }),
      /\(ids\[1\] must be the id of a code, or -1 for a missing token\)/,
    ],
    [
      JSON.stringify({ ...plain, ids: [5, 1.5, 7, 9] }),
      /\(ids\[1\] must be the id of a code, or -1 for a missing token\)/,
    ],
    [JSON.stringify({ ...plain, ids: [5] }), /\(a grid of 2 x 2 has 4 ids, not 1\)/],
    [JSON.stringify({ ...plain, pins: [4] }), /\(cell 4 is pinned but has no token\)/],
    [JSON.stringify({ ...plain, pins: [1] }), /\(cell 1 is pinned but has no token\)/],
    [JSON.stringify({ ...plain, pins: [3, 3] }), /\(a cell is pinned twice\)/],
    [
      JSON.stringify({ ...plain, provenance: [{ kind: 'encoded' }] }),
      /\(a grid of 2 x 2 has 4 provenances, not 1\)/,
    ],
    [
      JSON.stringify({ ...compact, provenance: { ...compact.provenance, runs: [['encoded', 3]] } }),
      /\(the provenances are not those of 4 cells\)/,
    ],
    [
      JSON.stringify({ ...compact, provenance: { ...compact.provenance, runs: [['encoded', 1e300]] } }),
      /\(provenance\.runs\[0\]\[1\] must be a kind and how many cells it has\)/,
    ],
    [
      JSON.stringify({ ...compact, provenance: { ...compact.provenance, runs: [['dreamt', 4]] } }),
      /\(provenance\.runs\[0\]\[0\] must be one of missing, encoded, painted, pinned and filled\)/,
    ],
    [
      JSON.stringify({ ...compact, provenance: { ...compact.provenance, steps: [] } }),
      /\(the provenances are not those of 4 cells\)/,
    ],
    [
      JSON.stringify({ ...full, frame: { rect: { x: 0, y: 0, width: 0, height: 1 }, scale: 1 } }),
      /\(frame\.rect\.width must be a number above 0\)/,
    ],
  ];
  it.each(broken)('%s is refused', (text, message) => {
    expect(problem(text)).toMatchObject({ code: 'input', message: expect.stringMatching(message) as string });
  });
});
