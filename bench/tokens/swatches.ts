import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPackageStore } from '../../electron/engine/packages/packageStore.ts';
import { createSwatchStore, type SwatchStore } from '../../electron/engine/packages/swatchStore.ts';
import { findPackage, listPackages } from '../../native-models/runtime/findPackages.ts';
import { loadPackage } from '../../native-models/runtime/loadPackage.ts';

/** How long the swatches of a package take when they were never drawn, when they lie on disk, and when in memory, ms. */
export async function measureSwatches(
  folders: readonly string[],
  id: string,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tessera-bench-'));
  try {
    const packages = createPackageStore(
      {
        async list() {
          const listed = await listPackages(folders);
          return listed.flatMap(({ opened }) =>
            opened ? [{ ...opened, ref: opened.manifest.id, server: null, cost: null, own: false }] : [],
          );
        },
        open: async (name) => loadPackage(await findPackage(name, folders)),
      },
      0,
    );
    const fresh = (): SwatchStore => createSwatchStore(packages, () => folder);
    const cold = await timed(fresh(), id);
    const later = fresh();
    return {
      'swatches, drawn': [cold],
      'swatches, from disk': [await timed(later, id)],
      'swatches, from memory': [await timed(later, id)],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(store: SwatchStore, id: string): Promise<number> {
  const started = performance.now();
  await store.of(id, { signal: new AbortController().signal, progress: () => undefined });
  return performance.now() - started;
}
