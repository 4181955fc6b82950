import factory from 'libheif-js/libheif-wasm/libheif.js';
import { expectWhole, type Samples, scaledTo } from './picture.ts';

/** What of libheif, compiled to WebAssembly, is called here. */
interface LibHeif {
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: Readonly<Record<ChromaName, unknown>>;
  heif_context_alloc(): object;
  heif_context_read_from_memory(context: object, file: Uint8Array): { readonly code: unknown };
  heif_js_context_get_list_of_top_level_image_IDs(context: object): readonly number[];
  heif_js_context_get_image_handle(context: object, id: number): object;
  heif_js_decode_image2(handle: object, colours: unknown, chroma: unknown): Decoded;
}

type ChromaName = `heif_chroma_interleaved_${'RGB' | 'RGBA' | 'RRGGBB_LE' | 'RRGGBBAA_LE'}`;

interface Decoded {
  readonly channels?: readonly Channel[];
}

/** A plane in its memory. */
interface Channel {
  readonly data: Uint8Array;
  readonly stride: number; // bytes
  readonly width: number; // px
  readonly height: number; // px
  readonly bits_per_pixel: number; // per sample
}

/** Which picture of a file is wanted, and what the header says of it. */
interface Wanted {
  readonly index: number; // among those that are no parts of others, from 0
  readonly width: number; // px
  readonly height: number; // px
  readonly bands: number; // 3, or 4 with alpha
  readonly deep: boolean; // 16 bits per sample
}

/**
 * Decodes a picture of HEVC: upright, as RGB. Each call has a library with a memory of its own, which never shrinks.
 * @throws Damaged where it cannot be
 */
export function decodeHeic(file: Uint8Array, wanted: Wanted): Samples {
  const library = factory({ print: silent, printErr: silent }) as unknown as LibHeif;
  return interleaved(decodedBy(library, file, wanted), wanted);
}

const silent = (): void => undefined;

function decodedBy(library: LibHeif, file: Uint8Array, { index, bands, deep }: Wanted): Channel {
  const context = library.heif_context_alloc();
  const { code } = library.heif_context_read_from_memory(context, file);
  expectWhole(code === library.heif_error_code.heif_error_Ok, 'not read');
  const id = library.heif_js_context_get_list_of_top_level_image_IDs(context)[index];
  expectWhole(id !== undefined, 'no such picture');
  const handle = library.heif_js_context_get_image_handle(context, id);
  expectWhole(!('code' in handle), 'no such picture');
  const chroma: ChromaName = `heif_chroma_interleaved_${deep ? (bands === 4 ? 'RRGGBBAA_LE' : 'RRGGBB_LE') : bands === 4 ? 'RGBA' : 'RGB'}`;
  const { heif_colorspace_RGB } = library.heif_colorspace;
  const { channels } = library.heif_js_decode_image2(
    handle,
    heif_colorspace_RGB,
    library.heif_chroma[chroma],
  );
  const [channel] = channels ?? [];
  expectWhole(channel !== undefined, 'not decoded');
  return channel;
}

/** A copy without what fills up the rows, over all 8 or 16 bits. */
function interleaved(plane: Channel, { width, height, bands, deep }: Wanted): Samples {
  expectWhole(plane.width === width && plane.height === height, 'another size');
  const row = width * bands * (deep ? 2 : 1); // bytes
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++)
    out.set(plane.data.subarray(y * plane.stride, y * plane.stride + row), y * row);
  if (!deep) return out;
  const samples = new Uint16Array(out.buffer);
  const toFull = scaledTo(65_535, plane.bits_per_pixel);
  for (let i = 0; i < samples.length; i++) samples[i] = toFull(samples[i]!);
  return samples;
}
