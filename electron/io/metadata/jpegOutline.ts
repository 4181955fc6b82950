/** What the markers of a JPEG file say (ITU-T T.81, annex B). */
export interface JpegOutline {
  readonly scans: number; // passes over the picture
  readonly ends: boolean; // with the marker that says so
  readonly end: number; // where it ends, or where its bytes do
}

const START_OF_SCAN = 0xda;
const END = 0xd9;
const RESTARTS = { from: 0xd0, to: 0xd7 };
const STUFFING = 0x00;

/** Walks from marker to marker; nothing is decoded. */
export function outlineJpeg(bytes: Uint8Array): JpegOutline {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let scans = 0;
  let at = 2;
  for (;;) {
    at = data.indexOf(0xff, at);
    if (at < 0 || at + 1 >= data.length) return { scans, ends: false, end: data.length };
    const marker = data[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (marker === STUFFING || (marker >= RESTARTS.from && marker <= RESTARTS.to)) at += 2;
    else if (marker === END) return { scans, ends: true, end: at + 2 };
    else if (at + 3 >= data.length) return { scans, ends: false, end: data.length };
    else {
      if (marker === START_OF_SCAN) scans++;
      at += 2 + data.readUInt16BE(at + 2);
    }
  }
}

/** The file with the end that it lacks: some cameras and programs leave it out. */
export function withEnd(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 2);
  out.set(bytes);
  out.set([0xff, END], bytes.length);
  return out;
}
