import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { parsePlainJson } from '../../core/base/json.ts';
import { atomicWrite } from './files/atomicWrite.ts';

/** Where the packages of a user lie. */
export interface PackagesPlace {
  readonly folder: string;
  /** Named by TESSERA_PACKAGES, so that only who sets that can change it. */
  readonly fixed: boolean;
  /** Where they lay before, as long as what was moved away is not wholly gone there. */
  readonly left: string | null;
}

/** Where this user's packages are installed: TESSERA_PACKAGES, where they were moved, or the platform's folder for application data. */
export function userPackages(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string): string {
  return packagesPlace(env, platform, home).folder;
}

/** The same, with what is known of it. Window and command line read the same file, at every use. */
export function packagesPlace(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): PackagesPlace {
  if (env.TESSERA_PACKAGES) return { folder: env.TESSERA_PACKAGES, fixed: true, left: null };
  const usual = usualFolder(env, platform, home);
  const { folder = usual, left = null } = readPointer(pointerBeside(usual));
  return { folder, fixed: false, left };
}

/** Says where packages lie from now on: as a whole or not at all. @throws TesseraError 'output' */
export async function setPackagesPlace(folder: string, left: string | null): Promise<void> {
  const usual = usualFolder(process.env, process.platform, homedir());
  const pointer = pointerBeside(usual);
  if (folder === usual && left === null) {
    await rm(pointer, { force: true });
    return;
  }
  await mkdir(path.dirname(pointer), { recursive: true });
  const json = JSON.stringify({ folder, ...(left !== null && { left }) });
  await atomicWrite(pointer, Buffer.from(`${json}\n`));
}

function usualFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  switch (platform) {
    case 'win32':
      return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Tessera', 'packages');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Tessera', 'packages');
    default:
      return path.join(env.XDG_DATA_HOME ?? path.join(home, '.local', 'share'), 'tessera', 'packages');
  }
}

function pointerBeside(usual: string): string {
  return `${usual}.json`;
}

const absolute = z.string().refine((folder) => path.isAbsolute(folder));
const pointerSchema = z.object({ folder: absolute, left: z.exactOptional(absolute) });

function readPointer(file: string): Partial<z.infer<typeof pointerSchema>> {
  try {
    return pointerSchema.parse(parsePlainJson(readFileSync(file, 'utf8')));
  } catch {
    return {}; // they were never moved
  }
}
