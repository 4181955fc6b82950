import { clipboard, ClipboardItem, nativeImage } from 'electron';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Handlers } from '../ipc/answer.ts';

const PNG = 'image/png';

/** What is on the system's clipboard: pictures as PNG, and text. */
export const clipboardHandlers: Pick<
  Handlers,
  `clipboard.${'readPicture' | 'writePicture' | 'readText' | 'writeText'}`
> = {
  'clipboard.writePicture': async ({ png }) => {
    await write(png);
    return null;
  },
  'clipboard.readPicture': async () => {
    const png = await read();
    return png === null ? null : { png };
  },
  'clipboard.writeText': async ({ text }) => {
    await clipboard.writeText(text);
    return null;
  },
  'clipboard.readText': async () => ({ text: await clipboard.readText() }),
};

async function write(png: Uint8Array): Promise<void> {
  const bytes = new Uint8Array(png); // of its own buffer, which is never shared
  const image = nativeImage.createFromBuffer(Buffer.from(bytes.buffer));
  if (image.isEmpty()) throw new TesseraError('input', 'What was to go on the clipboard is no picture.');
  await clipboard.write([new ClipboardItem({ [PNG]: new Blob([bytes], { type: PNG }) })]);
}

async function read(): Promise<Uint8Array | null> {
  if (!(await clipboard.has(PNG))) return null;
  const [item] = await clipboard.read();
  const blob = await item?.getType(PNG);
  return blob instanceof Blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}
