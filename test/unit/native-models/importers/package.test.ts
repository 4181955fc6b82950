import { expect, test } from 'vitest';
import { halfFloats } from '../../../../native-models/importers/onnx/halfFloats.ts';
import { identityOf } from '../../../../native-models/importers/package/identity.ts';
import { similarOrder } from '../../../../native-models/importers/package/similarOrder.ts';
import type { Recognised } from '../../../../native-models/importers/recognise/piece.ts';
import { quantised } from '../../../../native-models/importers/transformer/quantise.ts';

function files(tokenizer: string | null, denoiser: string | null): Recognised {
  const facts = {
    family: 'unleashing-transformers',
    codes: 1024,
    prefix: '',
    values: 1,
    bytes: 1,
    averaged: false,
  } as const;
  return {
    tokenizer:
      tokenizer === null ? null : { ...facts, part: 'tokenizer', dim: 256, downsample: 16, file: tokenizer },
    denoiser: denoiser === null ? null : { ...facts, part: 'denoiser', side: 16, classes: 0, file: denoiser },
    text: null,
    vocabulary: null,
    empty: null,
    table: null,
    missing: null,
    notes: [],
  };
}

test('published files are called as their authors call the model, as far as names tell', () => {
  const faces = files('/a/vqgan_ema_1400000.th', '/a/absorbing_ema_900000.th');
  expect(identityOf(faces)).toEqual({
    id: 'unleashing-transformers-faces-ffhq',
    name: 'Unleashing Transformers, faces (FFHQ)',
    license: 'MIT (code); weights unstated; trained on FFHQ, CC BY-NC-SA 4.0',
  });
  // Those of churches and bedrooms have the same names; their folders differ.
  const rooms = ['vqgan_ema_2200000.th', 'absorbing_ema_2000000.th'] as const;
  expect(identityOf(files(`/a/${rooms[0]}`, `/a/${rooms[1]}`))).toEqual({
    id: 'unleashing-transformers-f16-1024',
    name: 'Unleashing Transformers, 16 px, 1024 codes',
    license: 'MIT (code); weights unstated',
  });
  const bedrooms = files(`/logs/vqgan_bedrooms/${rooms[0]}`, `/logs/absorbing_bedrooms/${rooms[1]}`);
  expect(identityOf(bedrooms).id).toBe('unleashing-transformers-bedrooms');
  expect(identityOf(files('/a/mine.th', null))).toMatchObject({
    id: 'unleashing-transformers-f16-1024',
    license: '',
  });
});

test('halves are rounded to the nearest, ties to even', () => {
  const values = [
    0,
    -0,
    1,
    -2.5,
    65504,
    6.1e-5,
    2 ** -24,
    2 ** -25,
    1.5 * 2 ** -24,
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
  ];
  const bits = [0, 0x8000, 0x3c00, 0xc100, 0x7bff, 0x03ff, 1, 0, 2, 0x3c00, 0x3c02];
  expect(Array.from(halfFloats(Float32Array.from(values))!)).toEqual(bits);
  expect(halfFloats(Float32Array.of(1, 70000))).toBeNull();
  expect(halfFloats(Float32Array.of(NaN))).toBeNull();
});

test('integers of seven bits and a scale stand for each column', () => {
  const { integers, scales } = quantised(Float32Array.of(1.1, -2, 63, 0.5, 0, 0), 3, 2);
  expect(Array.from(scales)).toEqual([2 / 63, 1, 1e-8].map(Math.fround));
  expect(Array.from(integers)).toEqual([35, 63, 0, -63, 1, 0]);
});

test('alike points follow one another, from the darkest on', () => {
  const points = Float32Array.of(5, 0, 1, 0, 4, 0, 2, 0, 3, 0);
  expect(similarOrder(points, 2)).toEqual([1, 3, 4, 2, 0]);
  const line = Float32Array.from({ length: 60 }, (_, i) => (i * 37) % 60);
  expect(similarOrder(line, 1).map((i) => line[i])).toEqual([...line].sort((a, b) => a - b));
});
