import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TesseraError } from '../../../core/base/errors.ts';
import type { ServerToAsk } from '../../../core/contract/engineHost.ts';
import type { ServerId } from '../../../core/contract/packageApi.ts';
import type { Manifest } from '../../../core/model/manifest.ts';
import { parseManifest } from '../../../core/model/parseManifest.ts';
import { packagesOnServer } from '../../../native-models/runtime/server/serverPackage.ts';
import { atomicWrite } from '../../io/files/atomicWrite.ts';

/** What servers had when they were looked at last. Kept on disk, so that no server is asked before it is needed. */
export interface SeenOnServers {
  on(server: ServerId): Promise<readonly SeenPackage[]>;
  /**
   * Asks a server, which may take a while.
   *
   * @param here packages that are installed: a server that does not tell what it has is asked for these
   * @throws TesseraError 'package' where it cannot be asked, or has none
   */
  look(
    server: ServerToAsk,
    here: readonly SeenPackage[],
    signal: AbortSignal,
  ): Promise<readonly SeenPackage[]>;
}

export interface SeenPackage {
  readonly manifest: Manifest;
  readonly sha256: string;
}

const NAME = 'server-packages.json';

const keptSchema = z.record(z.string(), z.array(z.object({ sha256: z.string(), manifest: z.unknown() })));

/** @param folder where it is kept between sessions; null for nowhere */
export function createSeenOnServers(folder: () => string | null): SeenOnServers {
  let seen: Promise<Map<ServerId, readonly SeenPackage[]>> | null = null;
  const all = (): Promise<Map<ServerId, readonly SeenPackage[]>> => (seen ??= read(folder()));
  return {
    on: async (server) => (await all()).get(server) ?? [],
    async look({ id, ...server }, here, signal) {
      const packages = await packagesOnServer(server, here, signal);
      if (packages.length === 0) {
        throw new TesseraError(
          'package',
          `The server ${id} has no package of Tessera.`,
          'Write one for it with "tessera packages export-triton".',
        );
      }
      const known = (await all()).set(id, packages);
      const place = folder();
      if (place !== null) await keep(place, known);
      return packages;
    },
  };
}

async function read(folder: string | null): Promise<Map<ServerId, readonly SeenPackage[]>> {
  if (folder === null) return new Map();
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(join(folder, NAME), 'utf8')));
    return new Map(
      Object.entries(kept).map(([server, list]) => [
        server,
        list.map(({ sha256, manifest }) => ({
          sha256,
          manifest: parseManifest(JSON.stringify(manifest), NAME),
        })),
      ]),
    );
  } catch {
    return new Map(); // whatever is wrong with the file, servers can be looked at again
  }
}

async function keep(folder: string, seen: ReadonlyMap<ServerId, readonly SeenPackage[]>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await atomicWrite(join(folder, NAME), Buffer.from(JSON.stringify(Object.fromEntries(seen))));
  } catch {
    // A disk that is full costs another look at the next start, and nothing else.
  }
}
