import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pastePatch } from '../../core/pixels/crop.ts';
import { writeMask } from '../../electron/io/masks.ts';
import { readPicture } from '../../electron/io/readPicture.ts';
import { writePicture } from '../../electron/io/writePicture.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import type { Filler } from '../quality/filler.ts';
import { balancedJob, fillPicture } from '../support.ts';

/** One of those that are compared. */
export interface Method {
  readonly name: string;
  readonly fill: Filler;
}

/** As the command line does where it is not asked for more. */
const TRIED = 2;

/** The best candidate of a Balanced fill. */
export function tesseraMethod(name: string, model: LoadedPackage, texture?: number): Method {
  return {
    name,
    async fill(picture, selection) {
      const job = { ...balancedJob(picture, selection, TRIED), ...(texture !== undefined && { texture }) };
      const { candidates, ranking } = await fillPicture(model, job);
      const filled = { ...picture, data: picture.data.slice() };
      for (const patch of candidates[ranking[0]!]!.patches) pastePatch(filled, patch);
      return filled;
    },
  };
}

/** G'MIC's multi-scale patch inpainting, as its own filter calls it; null where gmic is not installed. */
export function gmicMethod(): Method | null {
  if (spawnSync('gmic', ['-version'], { stdio: 'ignore' }).status !== 0) return null;
  return {
    name: "G'MIC",
    async fill(picture, selection) {
      const folder = mkdtempSync(path.join(tmpdir(), 'tessera-removal-'));
      try {
        const [source, mask, filled] = ['picture.png', 'mask.png', 'filled.png'].map((name) =>
          path.join(folder, name),
        ) as [string, string, string];
        await writePicture(source, picture);
        await writeMask(mask, selection);
        const options = '[1],0,9,10,5,1'; // all scales, patches of 9 px, 10 rounds, blended over 5 px
        const work = ['-channels[1]', '0', '-ge[1]', '1', '-inpaint_matchpatch[0]', options];
        const { status, stderr } = spawnSync('gmic', ['-v', '-1', source, mask, ...work, '-o[0]', filled], {
          encoding: 'utf8',
        });
        if (status !== 0) throw new Error(`gmic failed: ${stderr.trim()}`);
        return (await readPicture(filled)).picture;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
