import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { densityOf, jfifOf } from '../../../../electron/io/metadata/density.ts';
import { blockOf } from '../../../../electron/io/metadata/exif.ts';
import {
  find,
  firstDirectory,
  numberOf,
  openBlock,
  words,
} from '../../../../electron/io/metadata/tiffBlock.ts';
import { pngChunks } from '../../../../electron/io/metadata/pngChunks.ts';
import { parseXml } from '../../../../electron/io/metadata/xml.ts';
import { carriedProperties } from '../../../../electron/io/metadata/xmpSource.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { writePicture, type WriteOptions } from '../../../../electron/io/writePicture.ts';
import { withExif } from './exif.ts';
import { gradient, inFolder, makeFile, rgbOf } from './make.ts';
import { filled, makeTiff } from './makeTiff.ts';
import { withPngChunk } from './pngChunk.ts';

const photo = gradient(48, 32);

/** Reads a picture and writes it anew. */
async function through(source: Uint8Array, name: string, options: WriteOptions = {}): Promise<Buffer> {
  return inFolder(async (folder) => {
    const { picture, metadata } = await readPicture(source);
    const path = join(folder, name);
    await writePicture(path, picture, { metadata, ...options });
    return readFile(path);
  });
}

const OUTPUTS = ['a.png', 'a.jpg', 'a.webp'];
const ascii = (text: string): Uint8Array => Buffer.from(`${text}\0`, 'latin1');
const textTag = (tag: number, text: string) => ({
  tag,
  type: 2,
  count: text.length + 1,
  values: ascii(text),
});
const longTag = (tag: number, ...values: number[]) => ({
  tag,
  type: 4,
  count: values.length,
  values: words(true, 4, values),
});
const blobTag = (tag: number, values: Uint8Array) => ({ tag, type: 7, count: values.length, values });

async function jpegWith(exif: Uint8Array): Promise<Uint8Array> {
  return withExif(await makeFile('.jpg', rgbOf(photo)), exif);
}

async function exifIn(file: Uint8Array): Promise<Uint8Array> {
  return (await readPicture(file)).metadata.exif!;
}

describe('density', () => {
  const of300 = { x: 300, y: 300 };
  const phys = Buffer.from([...words(false, 4, [11_811, 11_811]), 1]);

  async function sources(): Promise<Record<string, Uint8Array>> {
    const plain = await makeFile('.jpg', rgbOf(photo), { save: { keep: 'none' } });
    const jpeg = Buffer.concat([plain.subarray(0, 2), jfifOf(of300), plain.subarray(2)]);
    return {
      png: withPngChunk(withoutPhys(await makeFile('.png', rgbOf(photo))), 'pHYs', phys),
      jpeg,
      tiff: makeTiff([
        {
          width: 4,
          height: 4,
          photometric: 2,
          data: filled(4, 4, [9, 9, 9]),
          tags: [
            [282, 5, [300]],
            [283, 5, [300]],
            [296, 3, [2]],
          ],
        },
      ]),
    };
  }

  test.each(['png', 'jpeg', 'tiff'])(
    'that of a %s goes into every format, in its own place',
    async (from) => {
      const source = (await sources())[from]!;
      for (const name of OUTPUTS) {
        const written = await through(source, name);
        const density = densityOf(await exifIn(written))!;
        expect({ x: Math.round(density.x), y: Math.round(density.y) }).toEqual(of300);
        if (name.endsWith('.png')) {
          const chunk = pngChunks(written).get('pHYs')!;
          expect([chunk.getUint32(0), chunk.getUint32(4), chunk.getUint8(8)]).toEqual([11_811, 11_811, 1]);
        }
        if (name.endsWith('.jpg')) expect([...written.subarray(13, 18)]).toEqual([1, 1, 44, 1, 44]);
      }
    },
  );

  test('there is none where the source has none', async () => {
    const source = withoutPhys(await makeFile('.png', rgbOf(photo), { save: { keep: 'none' } }));
    expect(pngChunks(await through(source, 'a.png')).has('pHYs')).toBe(false);
    expect([...(await through(source, 'a.jpg')).subarray(13, 18)]).toEqual([0, 0, 1, 0, 1]);
  });

  test('that of the file counts more than that of its EXIF, whose other tags stay', async () => {
    const exif = blockOf(true, { first: [textTag(0x010f, 'Camera of note')] });
    const plain = withoutPhys(await makeFile('.png', rgbOf(photo)));
    const source = withPngChunk(withPngChunk(plain, 'eXIf', exif), 'pHYs', phys);
    const written = await exifIn(await through(source, 'a.png'));
    expect(Buffer.from(written).includes('Camera of note')).toBe(true);
    expect(Math.round(densityOf(written)!.x)).toBe(300);
  });
});

/** The encoder of the tests makes a density up. */
function withoutPhys(png: Uint8Array): Uint8Array {
  const chunk = pngChunks(png).get('pHYs');
  if (!chunk) return png;
  const from = chunk.byteOffset - png.byteOffset - 8;
  return Buffer.concat([png.subarray(0, from), png.subarray(from + chunk.byteLength + 12)]);
}

describe('what was removed does not survive in metadata', () => {
  test.each(OUTPUTS)('a JPEG in a maker note is gone (%s)', async (name) => {
    const secret = Buffer.from(await makeFile('.jpg', rgbOf(gradient(16, 16)), { save: { keep: 'none' } }));
    const note = Buffer.concat([ascii('Note'), secret, ascii('rest of the note')]);
    const exif = blockOf(true, { first: [textTag(0x010f, 'Camera')], exif: [blobTag(0x927c, note)] });
    const source = await jpegWith(exif);
    expect(Buffer.from(source).includes(secret.subarray(0, 64))).toBe(true);
    const written = await through(source, name);
    expect(written.includes(secret.subarray(0, 64))).toBe(false);
    expect(written.includes(secret.subarray(-32))).toBe(false);
    expect(written.includes('rest of the note')).toBe(true);
  });

  test.each(OUTPUTS)('a preview in XMP is gone, and what is said beside it stays (%s)', async (name) => {
    const xmp = packet(
      `<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Some &amp; One</rdf:li></rdf:Alt></dc:rights>
       <xmp:Thumbnails><rdf:Alt><rdf:li><xmpGImg:image>/9j/4AAQSkZJRgSECRET</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>
       <tiff:ImageWidth>9999</tiff:ImageWidth>`,
      'photoshop:Credit="A &quot;person&quot;"',
    );
    const written = (await through(await withXmp(xmp), name)).toString('utf8');
    expect(written).toContain('(c) Some &amp; One');
    expect(written).toContain('A &quot;person&quot;');
    for (const gone of ['SECRET', '9999']) expect(written).not.toContain(gone);
  });
});

const packet = (inside: string, attributes = ''): string => `<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
   <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${attributes}>
    ${inside}
   </rdf:Description>
  </rdf:RDF>
 </x:xmpmeta>`;

/** A JPEG with an XMP segment. */
async function withXmp(xmp: string, more: readonly Uint8Array[] = []): Promise<Uint8Array> {
  const jpeg = await makeFile('.jpg', rgbOf(photo), { save: { keep: 'none' } });
  const payload = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`);
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xe1, payload), ...more, jpeg.subarray(2)]);
}

function segment(marker: number, payload: Uint8Array): Uint8Array {
  const length = payload.length + 2;
  return Buffer.concat([Uint8Array.of(0xff, marker, length >> 8, length & 255), payload]);
}

describe('what others wrote is kept', () => {
  test.each(OUTPUTS)('keywords and rights of IPTC (%s)', async (name) => {
    const dataset = (number: number, text: string) =>
      Buffer.from([0x1c, 2, number, 0, Buffer.byteLength(text), ...Buffer.from(text)]);
    const iptc = Buffer.concat([dataset(25, 'heron'), dataset(25, 'pond'), dataset(116, '© A. Person')]);
    const resource = Buffer.concat([
      Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0\0\0', 'latin1'),
      Uint8Array.of(iptc.length >> 8, iptc.length & 255),
      iptc,
    ]);
    const source = await withXmp(packet(''), [segment(0xed, resource)]);
    const written = (await through(source, name)).toString('utf8');
    for (const kept of ['heron', 'pond', '© A. Person']) expect(written).toContain(kept);
  });

  test.each(OUTPUTS)("a TIFF's own tags (%s)", async (name) => {
    const source = makeTiff([
      {
        width: 8,
        height: 8,
        photometric: 2,
        data: filled(8, 8, [1, 2, 3]),
        tags: [
          [315, 2, 'A. Person'],
          [33_432, 2, '(c) A. Person'],
          [270, 2, 'A heron at the pond'],
        ],
      },
    ]);
    const written = (await through(source, name)).toString('latin1');
    for (const kept of ['A. Person', '(c) A. Person', 'A heron at the pond']) expect(written).toContain(kept);
  });

  test('EXIF too long for a JPEG is shortened, and that is said; PNG takes all of it', async () => {
    const note = Buffer.alloc(100_000, 7);
    const exif = blockOf(true, {
      first: [textTag(0x8298, '(c) A. Person')],
      exif: [blobTag(0x927c, note), longTag(0xa002, 1)],
    });
    const source = withPngChunk(await makeFile('.png', rgbOf(photo)), 'eXIf', exif);
    const told: string[] = [];
    const onDropped = (what: string): void => {
      told.push(what);
    };
    const jpeg = await through(source, 'a.jpg', { onDropped });
    expect(told).toEqual([expect.stringContaining('maker notes')]);
    expect(jpeg.includes('(c) A. Person')).toBe(true);
    expect((await through(source, 'a.png', { onDropped })).includes(note)).toBe(true);
    expect(told).toHaveLength(1);
  });

  test('damaged EXIF and XMP are left out, and that is said', async () => {
    const told: string[] = [];
    await inFolder(async (folder) => {
      const metadata = {
        exif: Uint8Array.of(73, 73, 42, 0, 255, 255, 255, 255),
        xmp: Buffer.from('<x><y></x>'),
      };
      await writePicture(join(folder, 'a.png'), photo, {
        metadata,
        onDropped: (what) => {
          told.push(what);
        },
      });
    });
    expect(told).toEqual([expect.stringContaining('EXIF'), expect.stringContaining('XMP')]);
  });
});

describe('what is said of the picture is true', () => {
  test('sizes are those of the picture that is written', async () => {
    const first = [longTag(0x0100, 160), longTag(0x0101, 120), longTag(0x0112, 1)];
    const written = await exifIn(await through(await jpegWith(blockOf(true, { first })), 'a.jpg'));
    const block = openBlock(written);
    const at = firstDirectory(block);
    expect([numberOf(block, at, 0x0100), numberOf(block, at, 0x0101)]).toEqual([48, 32]);
  });

  const located = () =>
    blockOf(true, {
      first: [textTag(0x010f, 'Camera')],
      gps: [
        { tag: 2, type: 5, count: 3, values: words(true, 4, [51, 1, 30, 1, 777_777, 1]) },
        textTag(0x1d, '2026:11:29'),
      ],
    });

  test.each(OUTPUTS)('where it was taken stays, unless it should not (%s)', async (name) => {
    const source = await jpegWith(located());
    const degrees = Buffer.from(words(true, 4, [777_777]));
    expect((await through(source, name)).includes(degrees)).toBe(true);
    const without = await through(source, name, { location: false });
    expect(without.includes(degrees)).toBe(false);
    expect(without.includes('2026:11:29')).toBe(false);
    expect(without.includes('Camera')).toBe(true);
    const block = openBlock(await exifIn(without));
    expect(find(block, firstDirectory(block), 0x8825)).toBeUndefined();
  });

  test('places in XMP go with it', () => {
    const xmp = packet(
      '<exif:GPSLatitude>51,30N</exif:GPSLatitude><photoshop:City>Bath</photoshop:City><dc:format>image/jpeg</dc:format>',
    );
    const names = (location: boolean) =>
      carriedProperties(xmp, location)!.map(({ name }) => name.split('/').at(-1));
    expect(names(true)).toEqual(['GPSLatitude', 'City', 'format']);
    expect(names(false)).toEqual(['format']);
  });
});

describe('XML', () => {
  test.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><',
    '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`,
    '<a b=c/>',
  ])('what is not well-formed, or asks for more, is none: %#', (text) => {
    expect(parseXml(text)).toBeNull();
  });

  test('namespaces are followed, whatever their prefixes', () => {
    const xmp = packet('').replaceAll('rdf:', 'r:').replace('xmlns:rdf', 'xmlns:r');
    expect(carriedProperties(xmp.replace('xmlns:rdf=', 'xmlns:r='), true)).toEqual([]);
    expect(carriedProperties('<a/>', true)).toBeNull();
  });
});
