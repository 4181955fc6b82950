import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { readMask } from '../../electron/io/masks.ts';
import { readPicture } from '../../electron/io/readPicture.ts';

/** A picture with what is to go from it. */
export interface Case {
  readonly name: string;
  readonly picture: Picture;
  readonly selection: Mask;
  /** Whether the picture shows what belongs under the mask: its name begins with `known-`. */
  readonly isKnown: boolean;
}

/** The pictures NAME.jpg of a folder that have a mask NAME.mask.png, by name. */
export async function readCases(folder: string): Promise<Case[]> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.jpg'))
    .map((file) => file.slice(0, -'.jpg'.length))
    .filter((name) => existsSync(path.join(folder, `${name}.mask.png`)))
    .sort();
  const cases: Case[] = [];
  for (const name of names) {
    const { picture } = await readPicture(path.join(folder, `${name}.jpg`));
    const selection = await readMask(path.join(folder, `${name}.mask.png`), picture);
    cases.push({ name, picture, selection, isKnown: name.startsWith('known-') });
  }
  return cases;
}
