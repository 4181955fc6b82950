import type { Rect } from '../../core/base/geometry.ts';
import type { Point } from '../state/view.svelte.ts';

/** How the document lies on a bitmap as large as the view: device px = document px * scale + offset. */
export interface Device {
  readonly scale: number; // device px per document px
  readonly x: number; // device px
  readonly y: number; // device px
  readonly ratio: number; // device px per CSS px
  readonly width: number; // device px
  readonly height: number; // device px
}

interface Seen {
  readonly zoom: number; // CSS px per document px
  readonly centre: Point; // document px
  readonly size: { readonly width: number; readonly height: number }; // CSS px
}

export function deviceFor({ zoom, centre, size }: Seen, ratio: number): Device {
  return {
    scale: zoom * ratio,
    x: (size.width / 2 - centre.x * zoom) * ratio,
    y: (size.height / 2 - centre.y * zoom) * ratio,
    ratio,
    width: Math.ceil(size.width * ratio),
    height: Math.ceil(size.height * ratio),
  };
}

/** A rectangle (document px) in whole device px: neighbours meet without a gap and without an overlap. */
export function toDevice(device: Device, { x, y, width, height }: Rect): Rect {
  const left = Math.round(x * device.scale + device.x);
  const top = Math.round(y * device.scale + device.y);
  const right = Math.round((x + width) * device.scale + device.x);
  const bottom = Math.round((y + height) * device.scale + device.y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What a rectangle of device px shows, document px, not rounded. */
export function fromDevice(device: Device, { x, y, width, height }: Rect): Rect {
  return {
    x: (x - device.x) / device.scale,
    y: (y - device.y) / device.scale,
    width: width / device.scale,
    height: height / device.scale,
  };
}

/** All of the bitmap. */
export function wholeDevice({ width, height }: Device): Rect {
  return { x: 0, y: 0, width, height };
}
