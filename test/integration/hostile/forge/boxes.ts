import type { Rng } from '../../../../core/base/rng.ts';
import { pick, spoil } from '../spoil.ts';
import { big, draw, HUGE, noise } from './draw.ts';

/** A box of an ISO base media file, of JPEG 2000 or of JPEG XL. */
interface Box {
  readonly type: string;
  readonly head: Buffer; // version, flags and counts before what is inside
  readonly inside: readonly Box[] | Buffer;
}

/** Boxes that hold others, with how many bytes come before them. */
const HOLDERS: Readonly<Record<string, number>> = {
  meta: 4,
  iprp: 0,
  ipco: 0,
  iinf: 6,
  iref: 4,
  dinf: 0,
  jp2h: 0,
};

/** A file of boxes of which some are dropped, doubled, moved, nested, mislabelled or lie about their length. */
export function forgeBoxes(file: Buffer, rng: Rng): Buffer {
  let boxes = parse(file);
  for (let times = 1 + rng.below(2); times > 0; times--) boxes = changed(boxes, rng);
  return Buffer.concat(boxes.map((box) => write(box, rng)));
}

function parse(file: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= file.length;) {
    const length = file.readUInt32BE(at);
    const end = length === 0 ? file.length : Math.min(file.length, at + Math.max(8, length));
    const type = file.toString('latin1', at + 4, at + 8);
    const before = HOLDERS[type];
    const content = file.subarray(at + 8, end);
    boxes.push({
      type,
      head: content.subarray(0, before ?? 0),
      inside: before === undefined ? content : parse(content.subarray(before)),
    });
    at = end;
  }
  return boxes;
}

/** One box of them, or inside one of them. */
function changed(boxes: readonly Box[], rng: Rng): Box[] {
  if (boxes.length === 0) return [];
  const out = [...boxes];
  const at = rng.below(out.length);
  const box = out[at]!;
  if (Array.isArray(box.inside) && rng.below(4) > 0) {
    out[at] = { ...box, inside: changed(box.inside as Box[], rng) };
    return out;
  }
  switch (rng.below(8)) {
    case 0:
      out.splice(at, 1);
      break;
    case 1:
      out.splice(at, 0, ...Array.from({ length: draw(rng, [1, 300], [20_000]) }, () => box));
      break;
    case 2:
      out.splice(rng.below(out.length), 0, ...out.splice(at, 1));
      break;
    case 3:
      out[at] = { ...box, type: pick(rng, TYPES) };
      break;
    case 4:
      out[at] = nested(box, draw(rng, [1, 2, 200], [5000]), rng);
      break;
    case 5:
      out[at] = { ...box, inside: Buffer.from('The quick brown fox. '.repeat(1 + rng.below(40))) };
      break;
    default:
      out[at] = { ...box, head: spoiled(box.head, rng), inside: extremes(rng, box.inside) };
  }
  return out;
}

const TYPES = [
  ...Object.keys(HOLDERS),
  'ispe',
  'iloc',
  'ipma',
  'hvcC',
  'colr',
  'grid',
  'jxlc',
  'jxlp',
  'brob',
  'jbrd',
  'jp2c',
];

/** The box in `depth` boxes, one in another. */
function nested(box: Box, depth: number, rng: Rng): Box {
  const type = pick(rng, Object.keys(HOLDERS));
  const head = Buffer.alloc(HOLDERS[type]!);
  const content = write(box, rng);
  const size = 8 + head.length;
  const heads = Array.from({ length: depth - 1 }, (_, i) =>
    Buffer.concat([big(4, content.length + size * (depth - 1 - i)), Buffer.from(type), head]),
  );
  return { type, head, inside: Buffer.concat([...heads, content]) };
}

/** Some of its numbers are the largest, smallest or negative ones. */
function extremes(rng: Rng, inside: Box['inside']): Box['inside'] {
  if (!Buffer.isBuffer(inside)) return inside;
  if (rng.below(3) === 0) return spoiled(inside, rng);
  const copy = Buffer.from(inside);
  for (let times = 1 + rng.below(3); times > 0 && copy.length > 0; times--) {
    const piece = pick(rng, [big(4, pick(rng, HUGE)), big(2, pick(rng, HUGE)), noise(rng, 1)]);
    piece.copy(copy, rng.below(Math.min(64, copy.length)));
  }
  return copy;
}

function spoiled(bytes: Buffer, rng: Rng): Buffer {
  return bytes.length === 0 ? bytes : spoil(bytes, rng);
}

function write({ type, head, inside }: Box, rng: Rng): Buffer {
  const content = Buffer.isBuffer(inside) ? inside : Buffer.concat(inside.map((box) => write(box, rng)));
  const length = 8 + head.length + content.length;
  const told = rng.below(200) === 0 ? pick(rng, HUGE) : length;
  return Buffer.concat([big(4, told), Buffer.from(type, 'latin1'), head, content]);
}

/** A JPEG XL codestream in boxes, whole or in parts. */
export function boxed(codestream: Buffer, rng: Rng): Buffer {
  const box = (type: string, content: Buffer): Buffer =>
    Buffer.concat([big(4, 8 + content.length), Buffer.from(type), content]);
  const start = [
    box('JXL ', Buffer.from('\r\n\x87\n', 'latin1')),
    box('ftyp', Buffer.from('jxl \0\0\0\0jxl ')),
  ];
  const cut = rng.below(codestream.length);
  const parts =
    rng.below(2) === 0
      ? [box('jxlc', codestream)]
      : [
          box('jxlp', Buffer.concat([big(4, 0), codestream.subarray(0, cut)])),
          box('jxlp', Buffer.concat([big(4, 0x80000001), codestream.subarray(cut)])),
        ];
  const meta = [box('Exif', Buffer.concat([big(4, 0), noise(rng, 60)])), box('xml ', Buffer.from('<x/>'))];
  return Buffer.concat([...start, ...meta, ...parts]);
}
