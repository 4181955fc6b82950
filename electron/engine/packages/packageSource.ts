import path from 'node:path';
import type { PackageNews, ServerId } from '../../../core/contract/packageApi.ts';
import { packageRef } from '../../../core/contract/packageRef.ts';
import { findInstalled, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { readCost } from '../../../native-models/runtime/costFile.ts';
import { loadParts } from '../../../native-models/runtime/loadPackage.ts';
import { loadFromServer } from '../../../native-models/runtime/server/serverPackage.ts';
import type { Host } from '../host.ts';
import type { FoundPackage, PackageSource } from './packageStore.ts';
import { createSeenOnServers, type SeenPackage } from './seenOnServers.ts';

/** The packages that are installed here, and those of the servers that a person added. */
export interface AllPackages extends PackageSource {
  /** Looks at what a server has, and remembers it. @throws TesseraError where it cannot be asked, or has no package */
  look(server: ServerId, signal: AbortSignal): Promise<readonly FoundPackage[]>;
}

interface Installed extends FoundPackage {
  readonly folder: string;
}

/** @param tell hears when the models of a package run elsewhere than they did */
export function createPackageSource(host: Host, tell: (news: PackageNews) => void): AllPackages {
  const seen = createSeenOnServers(host.cacheFolder);

  async function installed(): Promise<readonly Installed[]> {
    const folders = host.packageFolders();
    const found: Installed[] = [];
    for (const { name, folder, opened } of await listPackages(folders)) {
      if (!opened) continue;
      const { manifest, sha256 } = opened;
      const own = path.resolve(path.dirname(folder)) === path.resolve(folders[0] ?? '');
      found.push({ ref: name, server: null, manifest, sha256, cost: await readCost(opened), own, folder });
    }
    return found;
  }

  async function onServers(): Promise<readonly FoundPackage[]> {
    const lists = host.servers().map(async ({ id }) => (await seen.on(id)).map((each) => foundOn(id, each)));
    return (await Promise.all(lists)).flat();
  }

  async function look(id: ServerId, signal: AbortSignal): Promise<readonly FoundPackage[]> {
    const packages = await seen.look(await host.serverOf(id), await installed(), signal);
    return packages.map((each) => foundOn(id, each));
  }

  /** Where the same package is here too, work can go on here. */
  async function openOn(found: FoundPackage, id: ServerId): Promise<ReturnType<typeof loadFromServer>> {
    const server = await host.serverOf(id);
    const here = (await installed()).find(({ sha256 }) => sha256 === found.sha256);
    const parts = await loadFromServer(
      server,
      { id: found.manifest.id, folder: here?.folder ?? null },
      {
        onMessage(message) {
          tell({ ref: found.ref, message });
        },
      },
    );
    // Who runs the server may have put another version there.
    if (parts.sha256 !== found.sha256) await look(id, new AbortController().signal);
    return parts;
  }

  return {
    look,
    list: async () => [...(await installed()), ...(await onServers())],
    async open(ref) {
      const found = (await onServers()).find((each) => each.ref === ref);
      if (found?.server) return openOn(found, found.server);
      return loadParts(await findInstalled(ref, host.packageFolders()));
    },
  };
}

function foundOn(server: ServerId, { manifest, sha256 }: SeenPackage): FoundPackage {
  return { ref: packageRef(manifest.id, server), server, manifest, sha256, cost: null, own: false };
}
