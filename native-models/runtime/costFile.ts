import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type PrecisionCost, precisionCostSchema } from '../../core/model/precisionCost.ts';
import type { PackageFolder } from './packageFolder.ts';

/**
 * What the precision of a package was measured to cost lies beside its manifest, whose bytes are the package's identity: a
 * package is the same whether it was measured or not. It is a note for people; nothing depends on it, and an archive has none.
 */
export const COST_NAME = 'cost.json';

const MOST_BYTES = 1 << 16;

const fileSchema = z.object({ of: z.string(), cost: precisionCostSchema });

/** What was measured of just this package; null where nothing was, or it cannot be read. */
export async function readCost({
  folder,
  sha256,
}: Pick<PackageFolder, 'folder' | 'sha256'>): Promise<PrecisionCost | null> {
  const path = join(folder, COST_NAME);
  try {
    if ((await stat(path)).size > MOST_BYTES) return null;
    const { of, cost } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return of === sha256 ? cost : null;
  } catch {
    return null; // it can be measured again
  }
}

/** Writes it into a folder, for the package that `sha256` names. @returns the path of the file */
export async function writeCost(folder: string, sha256: string, cost: PrecisionCost): Promise<string> {
  const path = join(folder, COST_NAME);
  await writeFile(path, `${JSON.stringify({ of: sha256, cost })}\n`);
  return path;
}
