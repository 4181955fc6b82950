import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { main } from '../../../../electron/cli/main.ts';
import type { Report } from '../../../../electron/cli/shared/report.ts';
import { writeMask } from '../../../../electron/io/masks.ts';
import { readPicture } from '../../../../electron/io/readPicture.ts';
import { recorder } from '../../../unit/electron/cli/support.ts';
import { gradient, makeFile, rgbOf } from '../../../unit/electron/io/make.ts';
import { temporaryFolder, TINY } from '../../native-models/runtime/fixtures.ts';

export { gradient, makeFile, rgbOf, TINY };

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** What a command printed and returned. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function tessera(...args: readonly string[]): Promise<Outcome> {
  const terminal = recorder();
  const code = await main([...args], { root: ROOT }, terminal);
  return { code, stdout: terminal.stdout, stderr: terminal.stderr };
}

/** Runs a command with the tiny package and `--json`. */
export async function report(...args: readonly string[]): Promise<Report & Record<string, never>> {
  const { stdout } = await tessera(...args, '--package', TINY, '--json');
  return JSON.parse(stdout) as Report & Record<string, never>;
}

/** A folder with files to work on. */
export interface Workspace {
  readonly folder: string;
  at(...parts: readonly string[]): string;
  write(name: string, bytes: Uint8Array | string): string;
  list(): readonly string[];
}

/** Makes one, with a folder for packages: none of the person who runs the tests, nor of another file, takes part. */
export function workspace(): Workspace {
  process.env.TESSERA_PACKAGES = path.join(temporaryFolder(), 'packages');
  const folder = temporaryFolder();
  const at = (...parts: readonly string[]) => path.join(folder, ...parts);
  return {
    folder,
    at,
    write(name, bytes) {
      writeFileSync(at(name), bytes);
      return at(name);
    },
    list: () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort(),
  };
}

/** Writes a lossless picture. */
export async function writePng(space: Workspace, name: string, picture: Picture): Promise<string> {
  return space.write(name, await makeFile('.png', rgbOf(picture)));
}

/** Writes a mask that selects a rectangle. */
export async function writeRectMask(
  space: Workspace,
  name: string,
  size: { readonly width: number; readonly height: number },
  rect: Rect,
): Promise<string> {
  await writeMask(space.at(name), rectMask(size, rect));
  return space.at(name);
}

function rectMask({ width, height }: { readonly width: number; readonly height: number }, rect: Rect): Mask {
  const data = new Uint8Array(width * height);
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    data.fill(255, y * width + rect.x, y * width + rect.x + rect.width);
  }
  return { width, height, data };
}

export async function pixelsOf(file: string): Promise<Picture> {
  return (await readPicture(file)).picture;
}

/** How many pixels differ inside and outside a rectangle. */
export function differences(a: Picture, b: Picture, rect: Rect): { inside: number; outside: number } {
  const found = { inside: 0, outside: 0 };
  for (let i = 0; i < a.width * a.height; i++) {
    if ([0, 1, 2, 3].every((c) => a.data[4 * i + c] === b.data[4 * i + c])) continue;
    const [x, y] = [i % a.width, Math.floor(i / a.width)];
    const hit = x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
    found[hit ? 'inside' : 'outside'] += 1;
  }
  return found;
}
