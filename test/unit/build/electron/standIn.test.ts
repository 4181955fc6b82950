import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addClipboard } from '../../../../build/electron/standIn/clipboard.mjs';
import { crc32 } from '../../../../build/electron/standIn/crc32.mjs';

/** The clipboard of current Electron, as far as the application uses it. */
interface NewElectron {
  readonly clipboard: {
    has: (type: string) => Promise<boolean>;
    read: () => Promise<{ getType: (type: string) => Promise<Blob> }[]>;
    write: (items: object[]) => Promise<void>;
  };
  readonly ClipboardItem: new (items: Record<string, Blob>) => { readonly types: string[] };
}

/** An old clipboard whose pictures are their PNG bytes. */
function oldElectron() {
  const imageOf = (png: Uint8Array<ArrayBuffer>) => ({ isEmpty: () => png.length === 0, toPNG: () => png });
  let image = imageOf(new Uint8Array());
  const electron = {
    clipboard: {
      readImage: () => image,
      writeImage: (next: typeof image) => {
        image = next;
      },
    },
    nativeImage: { createFromBuffer: (png: Buffer) => imageOf(new Uint8Array(png)) },
  };
  addClipboard(electron);
  return electron as unknown as NewElectron;
}

describe('the clipboard of the stand-in', () => {
  const png = new Uint8Array([1, 2, 3]);

  test('gives back the picture that was written', async () => {
    const { clipboard, ClipboardItem } = oldElectron();
    const item = new ClipboardItem({ 'image/png': new Blob([png], { type: 'image/png' }) });
    expect(item.types).toEqual(['image/png']);
    await clipboard.write([item]);
    expect(await clipboard.has('image/png')).toBe(true);
    const [read] = await clipboard.read();
    const blob = await read!.getType('image/png');
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(png);
  });

  test('has no picture at first, and never any other type', async () => {
    const { clipboard, ClipboardItem } = oldElectron();
    expect(await clipboard.has('image/png')).toBe(false);
    expect(await clipboard.read()).toEqual([]);
    await clipboard.write([new ClipboardItem({ 'image/png': new Blob([png]) })]);
    expect(await clipboard.has('image/webp')).toBe(false);
    const [read] = await clipboard.read();
    await expect(read!.getType('image/webp')).rejects.toThrow('image/webp');
  });
});

test("the stand-in's crc32 is that of node:zlib", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlib.crc32(bytes));
    }),
  );
});
