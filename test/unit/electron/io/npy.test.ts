import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { formatNpy, isNpy, parseNpy } from '../../../../electron/io/npy.ts';

interface Parts {
  descr?: string;
  order?: string;
  shape?: string;
  version?: number;
  data?: Buffer;
}

/** An NPY file by the text of its specification, apart from our writer. */
function npy({
  descr = '<i4',
  order = 'False',
  shape = '(2, 3)',
  version = 1,
  data = Buffer.alloc(24),
}: Parts): Buffer {
  const dict = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const start = version === 1 ? 10 : 12;
  const header = Buffer.from(dict.padEnd(128 - start - 1) + '\n', 'latin1');
  const length = Buffer.alloc(start - 8);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.of(version, 0), length, header, data]);
}

describe('reading', () => {
  const expected = { width: 3, height: 2, ids: Int32Array.of(0, 1, 2, 1023, 5, -1) };

  test.each([1, 2, 3])('int32, version %i', (version) => {
    const data = Buffer.from(expected.ids.buffer);
    expect(parseNpy(npy({ version, data }), 'a.npy')).toEqual(expected);
  });

  test('int64', () => {
    const data = Buffer.from(BigInt64Array.from(expected.ids, BigInt).buffer);
    expect(parseNpy(npy({ descr: '<i8', data }), 'a.npy')).toEqual(expected);
  });

  test('uint16', () => {
    const data = Buffer.from(Uint16Array.of(0, 1, 2, 1023, 5, 65535).buffer);
    expect([...parseNpy(npy({ descr: '<u2', data }), 'a.npy').ids]).toEqual([0, 1, 2, 1023, 5, 65535]);
  });
});

describe('writing', () => {
  test('reads back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (width, height, salt) => {
          const ids = Int32Array.from({ length: width * height }, (_, i) => ((i * 7919 + salt) % 1025) - 1);
          expect(parseNpy(formatNpy({ width, height, ids }), 'a.npy')).toEqual({ width, height, ids });
        },
      ),
    );
  });

  test('exactly what numpy.save writes', () => {
    // numpy.save of numpy.array([[0, -1, 7]], '<i4')
    const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 3), }".padEnd(117) + '\n';
    const bytes = Buffer.concat([
      Buffer.from(`\x93NUMPY\x01\x00v\x00${header}`, 'latin1'),
      Buffer.from('00000000ffffffff07000000', 'hex'),
    ]);
    expect(Buffer.from(formatNpy({ width: 3, height: 1, ids: Int32Array.of(0, -1, 7) }))).toEqual(bytes);
    expect(isNpy(bytes)).toBe(true);
  });
});

describe('what does not fit is named', () => {
  test.each([
    [npy({ descr: '<f4' }), /has the dtype <f4\./],
    [npy({ descr: '>i4' }), /has the dtype >i4\./],
    [npy({ order: 'True' }), /Fortran order/],
    [npy({ shape: '(6,)' }), /has the shape \(6\)\./],
    [npy({ shape: '(1, 2, 3)' }), /has the shape \(1, 2, 3\)\./],
    [npy({ shape: '(0, 3)', data: Buffer.alloc(0) }), /has the shape \(0, 3\)\./],
    [npy({ shape: '(2, 4)' }), /holds 24 bytes of ids where its shape \(2, 4\) needs 32\./],
    [npy({ shape: '(99999999, 99999999)' }), /holds 24 bytes of ids/],
    [npy({ data: Buffer.alloc(24, 0x80) }), /holds -\d+, which is no token id\./],
    [npy({ descr: '<i8', data: Buffer.alloc(48, 0x22) }), /which is no token id\./],
    [npy({ version: 9 }), /unknown NPY version 9\./],
    [npy({}).subarray(0, 40), /is cut off\./],
    [npy({}).subarray(0, 8), /is not a NumPy array file\./],
    [Buffer.from('{"format": 1}'), /is not a NumPy array file\./],
    [npy({ shape: 'None' }), /no NumPy array description\./],
  ])('case %#', (bytes, message) => {
    const parse = () => parseNpy(bytes, 'a.npy');
    expect(parse).toThrow(TesseraError);
    expect(parse).toThrow(message);
  });
});
