import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../../core/base/errors.ts';
import { MANIFEST_FORMAT, promptTaken, windowOf } from '../../../../core/model/manifest.ts';
import { parseManifest } from '../../../../core/model/parseManifest.ts';

const json = readFileSync(
  new URL('../../../fixtures/tiny-package/tiny/manifest.json', import.meta.url),
  'utf8',
);

/** The tiny manifest with the value at a dotted path replaced; `undefined` removes it. */
function changed(path: string, value: unknown): string {
  const manifest = JSON.parse(json) as Record<string, unknown>;
  const keys = path.split('/');
  let at = manifest;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1)!] = value;
  return JSON.stringify(manifest);
}

function problem(text: string) {
  try {
    parseManifest(text, 'tiny.tspkg');
  } catch (error) {
    return toErrorShape(error);
  }
  throw new Error('The manifest was accepted.');
}

describe('parseManifest', () => {
  it('reads a manifest of the current format', () => {
    const manifest = parseManifest(json);
    expect(manifest.format).toBe(MANIFEST_FORMAT);
    expect(manifest.id).toBe('tiny');
    expect(manifest.tokenizer).toEqual({
      downsample: 8,
      codebook: { size: 8, dim: 1 },
      encoder: 'encoder.onnx',
      decoder: 'decoder.onnx',
      pixelRange: [-1, 1],
      minSize: 16,
      tileOverlap: 0,
    });
    expect(manifest.denoiser?.window).toEqual({ min: 4, max: 8, positions: 'any' });
    expect(Object.keys(manifest.files)).toEqual(['encoder.onnx', 'decoder.onnx', 'denoiser.onnx']);
  });

  it('leaves unknown fields out, so that additions need no new format', () => {
    expect(parseManifest(changed('mood', 'blue'))).toEqual(parseManifest(json));
  });

  it('refuses a newer format with advice, whatever else it holds', () => {
    expect(problem('{ "format": 7, "tokenizers": [] }')).toEqual({
      code: 'package',
      message: 'The manifest of tiny.tspkg has format 7, and this version of Tessera reads format 1.',
      hint: 'Update Tessera.',
    });
  });

  it.each([
    ['{ "format": 1,', 'The manifest of tiny.tspkg is not valid JSON.'],
    ['[]', 'The manifest of tiny.tspkg is not valid: the manifest must be a JSON object.'],
    ['{}', 'The manifest of tiny.tspkg is not valid: format must be given: the number 1.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(problem(text).message).toBe(message);
  });

  it.each<[path: string, value: unknown, expected: string]>([
    ['format', 0, 'format must be the number 1.'],
    ['format', 1.5, 'format must be the number 1.'],
    ['id', '../evil', 'id must be a short name of lowercase letters, digits, dots and hyphens.'],
    ['id', 'a..b', 'id must be a short name of lowercase letters, digits, dots and hyphens.'],
    ['name', '', 'name must be a text of at least one character.'],
    ['tokenizer', undefined, 'tokenizer must be given: an object that describes the encoder and decoder.'],
    ['tokenizer/codebook/size', '1024', 'tokenizer.codebook.size must be a whole number of at least 2.'],
    ['tokenizer/downsample', 0.5, 'tokenizer.downsample must be a whole number of at least 1.'],
    ['tokenizer/pixelRange', [1, -1], 'tokenizer.pixelRange must be two numbers, the lower one first.'],
    ['tokenizer/pixelRange', [0], 'tokenizer.pixelRange must be two numbers, the lower one first.'],
    ['tokenizer/minSize', 17, 'tokenizer.minSize must be a multiple of downsample (8).'],
    ['tokenizer/encoder', 'a/encoder.onnx', 'tokenizer.encoder must be a plain file name, without folders.'],
    [
      'tokenizer/encoder',
      '..\\encoder.onnx',
      'tokenizer.encoder must be a plain file name, without folders.',
    ],
    ['tokenizer/encoder', 'a..b', 'tokenizer.encoder must be a plain file name, without "..".'],
    [
      'tokenizer/decoder',
      'x.onnx',
      'tokenizer.decoder must be a file listed under files, and "x.onnx" is not.',
    ],
    ['denoiser/kind', 'gaussian', 'denoiser.kind must be "absorbing", "mask-and-replace" or "uniform".'],
    ['denoiser/timestep', 1, 'denoiser.timestep must be true or false.'],
    ['denoiser/maskId', undefined, 'denoiser.maskId must be given: the id that stands for a missing token.'],
    ['denoiser/conditioning', 'clip-text', 'text must be given: the denoiser is led by texts.'],
    ['denoiser/conditioning', 'class', 'denoiser.classes must be given: the denoiser is led by a class.'],
    [
      'sampling',
      { order: 'best' },
      'sampling.order must be one of random, confidence, annealed, purity, halton, raster, ancestral.',
    ],
    ['denoiser/maskId', 7, 'denoiser.maskId must be outside the codebook, so at least 8.'],
    ['denoiser/window/min', 9, 'denoiser.window.min must be no larger than window.max (8).'],
    [
      'denoiser/window/positions',
      'fixed',
      'denoiser.window.min must be equal to window.max (8) where positions are fixed.',
    ],
    [
      'palette/order',
      [0, 1, 2, 3, 4, 5, 6],
      'palette.order must be a permutation of 0 to 7, each code once.',
    ],
    [
      'palette/order',
      [0, 1, 2, 3, 4, 5, 6, 6],
      'palette.order must be a permutation of 0 to 7, each code once.',
    ],
    [
      'palette/order',
      [0, 1, 2, 3, 4, 5, 6, 8],
      'palette.order must be a permutation of 0 to 7, each code once.',
    ],
    ['palette/colors', ['#000000'], 'palette.colors must be a list of 8 colours, one per code.'],
    ['palette/colors/3', 'red', 'palette.colors[3] must be a colour such as "#a0b1c2".'],
    [
      'files/encoder.onnx/sha256',
      'ABC',
      'files["encoder.onnx"].sha256 must be a SHA-256 in 64 lowercase hexadecimal digits.',
    ],
    ['files/encoder.onnx/bytes', -1, 'files["encoder.onnx"].bytes must be a whole number of at least 0.'],
    ['files/..%2Fx', {}, 'the name files["..%2Fx"] must be a plain file name, without folders.'],
    [
      'files/ENCODER.onnx',
      { bytes: 1, sha256: '0'.repeat(64) },
      'files must be free of names that differ only in case, such as "ENCODER.onnx".',
    ],
  ])('%s = %j is refused', (path, value, expected) => {
    const { code, message, hint } = problem(changed(path, value));
    expect(code).toBe('package');
    expect(message).toBe(`The manifest of tiny.tspkg is not valid: ${expected}`);
    expect(hint).toMatch(/^Install the package again/);
  });

  it('says what can be asked of a package that words lead', () => {
    expect(promptTaken(parseManifest(json))).toBeNull();
    const led = parseManifest(json);
    const classes = { names: ['barn', 'crane'], none: 2 };
    const denoiser = { ...led.denoiser!, conditioning: 'class' as const, classes };
    expect(promptTaken({ ...led, denoiser })).toEqual({ names: classes.names, words: null, guidance: 5 });
    expect(promptTaken({ ...led, denoiser, sampling: { guidance: 1.5 } })?.guidance).toBe(1.5);
  });

  it('accepts fixed positions where there is only one window size', () => {
    const manifest = JSON.parse(json) as { denoiser: { window: unknown } };
    manifest.denoiser.window = { min: 16, max: 16, positions: 'fixed' };
    expect(parseManifest(JSON.stringify(manifest)).denoiser?.window.positions).toBe('fixed');
  });

  it('reads a tokenizer alone, whose frames are of a size of our own', () => {
    const manifest = parseManifest(changed('denoiser', undefined));
    expect(manifest.denoiser).toBeUndefined();
    expect(windowOf(manifest)).toEqual({ min: 2, max: 32 });
    expect(windowOf(parseManifest(json))).toEqual({ min: 4, max: 8 });
  });

  it('answers any JSON with one sentence', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { code, message } = problem(text);
        expect(code).toBe('package');
        expect(message).toMatch(/^[^\n]+\.$/);
      }),
    );
  });
});
