import { viewOf } from '../../metadata/blocks.ts';
import type { Density } from '../../metadata/density.ts';
import { expectWhole } from './picture.ts';

/** The sections of a Photoshop file. */
export interface Sections {
  readonly palette: Uint8Array; // of indexed colours: all reds, all greens, all blues
  readonly resources: Uint8Array;
  readonly hasAlpha: boolean; // whether the first channel after the colours is the transparency of the merged picture
  readonly picture: Uint8Array; // the merged one: compression and rows
}

/** @param at where the first begins */
export function sectionsOf(file: Uint8Array, at: number, isLarge: boolean): Sections {
  const palette = sectionAt(file, at, 4);
  const resources = sectionAt(file, palette.end, 4);
  const layers = sectionAt(file, resources.end, isLarge ? 8 : 4);
  return {
    palette: palette.bytes,
    resources: resources.bytes,
    hasAlpha: hasMergedAlpha(layers.bytes, isLarge),
    picture: file.subarray(layers.end),
  };
}

/** A section after its length. @throws Damaged where it goes beyond the file */
function sectionAt(file: Uint8Array, at: number, unit: 4 | 8): { bytes: Uint8Array; end: number } {
  const view = viewOf(file);
  const length = unit === 8 ? Number(view.getBigUint64(at)) : view.getUint32(at);
  const end = at + unit + length;
  expectWhole(end <= file.length, 'a section that is cut off');
  return { bytes: file.subarray(at + unit, end), end };
}

/** Blocks that hold layers of 16 and 32 bits, and those that say that there is transparency. */
const LAYERS: readonly string[] = ['Lr16', 'Lr32', 'Layr'];
const TRANSPARENCY: readonly string[] = ['Mtrn', 'Mt16', 'Mt32'];

/** Blocks whose lengths have 64 bits in large files. */
const LONG = 'LMsk Lr16 Lr32 Layr Mt16 Mt32 Mtrn Alph FMsk lnk2 FEid FXid PxSD'.split(' ');

/** A negative number of layers says so, wherever the layers lie. */
function hasMergedAlpha(section: Uint8Array, isLarge: boolean): boolean {
  const unit = isLarge ? 8 : 4;
  if (section.length < unit + 2) return false;
  const layers = sectionAt(section, 0, unit);
  if (layers.bytes.length >= 2) return viewOf(layers.bytes).getInt16(0) < 0;
  if (layers.end + 4 > section.length) return false;
  const view = viewOf(section);
  for (let at = sectionAt(section, layers.end, 4).end; at + 12 <= section.length;) {
    const key = text(section, at + 4);
    const isLong = isLarge && LONG.includes(key);
    if (TRANSPARENCY.includes(key)) return true;
    const from = at + (isLong ? 16 : 12);
    const length = isLong ? Number(view.getBigUint64(at + 8)) : view.getUint32(at + 8);
    if (LAYERS.includes(key) && length >= 2) return view.getInt16(from) < 0;
    at = from + 4 * Math.ceil(length / 4);
  }
  return false;
}

/** What the resources of a Photoshop file tell. */
export interface Resources {
  readonly icc?: Uint8Array;
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
  readonly iptc?: Uint8Array;
  readonly density: Density | null;
  readonly isMerged: boolean; // whether the merged picture is a real one
}

const RESOLUTION = 0x03ed;
const IPTC = 0x0404;
const ICC = 0x040f;
const VERSION = 0x0421;
const EXIF = 0x0422;
const XMP = 0x0424;
const MOST = 10_000; // resources

export function resourcesOf(section: Uint8Array): Resources {
  const found = new Map<number, Uint8Array>();
  const view = viewOf(section);
  for (let at = 0, i = 0; at + 12 <= section.length && i < MOST; i++) {
    const nameBytes = 1 + section[at + 6]!;
    const sizeAt = at + 6 + nameBytes + (nameBytes & 1);
    if (sizeAt + 4 > section.length) break;
    const from = sizeAt + 4;
    const size = view.getUint32(sizeAt);
    if (from + size > section.length) break; // what follows cannot be found
    found.set(view.getUint16(at + 4), section.slice(from, from + size));
    at = from + size + (size & 1);
  }
  const [icc, exif, xmp, iptc] = [ICC, EXIF, XMP, IPTC].map((id) => found.get(id));
  return {
    ...(icc && { icc }),
    ...(exif && { exif }),
    ...(xmp && { xmp }),
    ...(iptc && { iptc }),
    density: densityIn(found.get(RESOLUTION)),
    isMerged: (found.get(VERSION)?.[4] ?? 1) !== 0,
  };
}

/** Fixed numbers of 16.16 bits, always per inch. */
function densityIn(resource: Uint8Array | undefined): Density | null {
  if (!resource || resource.length < 16) return null;
  const view = viewOf(resource);
  const [x, y] = [view.getUint32(0) / 65_536, view.getUint32(8) / 65_536];
  return x > 0 && y > 0 ? { x, y } : null;
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
