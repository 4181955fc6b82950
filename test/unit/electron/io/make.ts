import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Vips from 'wasm-vips';
import type { Picture } from '../../../../core/pixels/picture.ts';
import { withCodec } from '../../../../electron/io/codec/vips.ts';
import type { Codec } from '../../../../electron/io/codec/vips.ts';

/** Samples of any depth and number of bands, as an encoder takes them. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly data: Uint8Array | Uint16Array;
  readonly space?: string; // libvips interpretation
}

interface MakeOptions {
  readonly save?: object; // options of the libvips saver
  readonly icc?: Uint8Array | 'p3';
  readonly exif?: Uint8Array;
  readonly orientation?: number;
  readonly pageHeight?: number; // an animation stacked vertically
}

/** Encodes samples with the codec, by any of its writers. */
export function makeFile(suffix: string, samples: Samples, options: MakeOptions = {}): Promise<Uint8Array> {
  return withCodec((codec, scope) => {
    const format = samples.data instanceof Uint16Array ? codec.BandFormat.ushort : codec.BandFormat.uchar;
    const { width, height, bands } = samples;
    const raw = scope.hold(codec.Image.newFromMemory(samples.data, width, height, bands, format));
    const image = scope.hold(raw.copy({ interpretation: samples.space ?? guessSpace(samples) }));
    annotate(codec, image, options);
    return image.writeToBuffer(suffix, options.save ?? {});
  });
}

function annotate(codec: Codec, image: Vips.Image, options: MakeOptions): void {
  const { icc, exif, orientation, pageHeight } = options;
  if (icc !== undefined) {
    image.setBlob('icc-profile-data', icc === 'p3' ? codec.Image.profileLoad('p3') : icc);
  }
  if (exif) image.setBlob('exif-data', exif);
  if (orientation !== undefined) image.setInt('orientation', orientation);
  if (pageHeight !== undefined) image.setInt('page-height', pageHeight);
}

function guessSpace({ bands, data }: Samples): string {
  const deep = data instanceof Uint16Array;
  if (bands <= 2) return deep ? 'grey16' : 'b-w';
  return deep ? 'rgb16' : 'srgb';
}

/** A picture whose every pixel differs from its neighbours and whose corners all differ. */
export function gradient(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      data[at] = Math.round((255 * x) / Math.max(1, width - 1));
      data[at + 1] = Math.round((255 * y) / Math.max(1, height - 1));
      data[at + 2] = (x * 7 + y * 13) % 256;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** The colour channels of a picture as encoder samples. */
export function rgbOf({ width, height, data }: Picture): Samples {
  return { width, height, bands: 3, data: data.filter((_, i) => i % 4 !== 3) };
}

/** One colour everywhere. */
export function flat(width: number, height: number, colour: readonly number[], space?: string): Samples {
  const bands = colour.length;
  const data = Uint8Array.from({ length: width * height * bands }, (_, i) => colour[i % bands]!);
  return { width, height, bands, data, ...(space !== undefined && { space }) };
}

/** The RGBA of one pixel. */
export function pixel({ width, data }: Picture, x: number, y: number): number[] {
  const at = (y * width + x) * 4;
  return [...data.subarray(at, at + 4)];
}

/** Largest difference of any two samples. */
export function maxDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}

/** Runs `work` in a folder of its own. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-io-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
