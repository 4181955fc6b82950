// Renders assets/icon.svg with the codec that Tessera reads pictures with.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

export const ICON = 'assets/icon.svg';
const SIDE = 1024; // px, of the drawing

/** @param {number} size px @param {string} file where the PNG goes */
export async function renderIcon(size, file) {
  const { default: Vips } = await import('wasm-vips');
  const vips = await Vips({ dynamicLibraries: ['vips-resvg.wasm'] });
  const svg = readFileSync(path.join(root, ICON));
  const image = vips.Image.svgloadBuffer(svg, { scale: size / SIDE });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, image.writeToBuffer('.png'));
  vips.shutdown(); // else its threads keep node alive
}
