import { throwIfAborted } from '../../../../core/base/abort.ts';
import type { PackageInfo } from '../../../../core/contract/engineApi.ts';
import { type Model, withDenoiser } from '../../../../core/model/model.ts';
import type { ListedPackage } from '../../../../native-models/runtime/findPackages.ts';
import type { LoadedParts } from '../../../../native-models/runtime/loadPackage.ts';
import { createIdleTimer, type IdleTimer } from '../idleTimer.ts';
import { packageInfo } from './packageInfo.ts';

/** The packages of this machine. What is loaded stays so until nobody has used it for a while. */
export interface PackageStore {
  /** Those that can be used, each id once. */
  list(): Promise<PackageInfo[]>;
  /** Makes a package ready to run at once. @throws TesseraError 'package' */
  load(id: string, signal: AbortSignal): Promise<PackageInfo>;
  /** Lends a ready package to `work`. @throws TesseraError 'package', and what `work` throws */
  use<T>(id: string, signal: AbortSignal, work: (model: LoadedParts) => Promise<T>): Promise<T>;
  /** The same for what needs a denoiser; a package without one is refused with those that have one. */
  predict<T>(id: string, signal: AbortSignal, work: (model: Model) => Promise<T>): Promise<T>;
}

/** Where packages come from. */
export interface PackageSource {
  list(): Promise<readonly ListedPackage[]>;
  /** Finds and opens a package; it need not be warm. */
  open(id: string): Promise<LoadedParts>;
}

/** A package that is in memory, or about to be. */
interface Held {
  readonly ready: Promise<LoadedParts>;
  readonly idle: IdleTimer;
  model: LoadedParts | null; // once it is ready
}

/** @param patience how long a package that nobody uses is kept, ms */
export function createPackageStore(source: PackageSource, patience: number): PackageStore {
  const held = new Map<string, Held>();

  function hold(id: string): Held {
    const entry: Held = { ready: openWarm(source, id), idle: createIdleTimer(patience, drop), model: null };
    held.set(id, entry);
    entry.ready.then(
      (model) => (entry.model = model),
      () => held.delete(id), // so that the next attempt tries again
    );
    function drop(): void {
      if (entry.model === null) return; // it could not be loaded
      held.delete(id);
      void entry.model.dispose();
    }
    return entry;
  }

  async function use<T>(
    id: string,
    signal: AbortSignal,
    work: (model: LoadedParts) => Promise<T>,
  ): Promise<T> {
    const { ready, idle } = held.get(id) ?? hold(id);
    return idle.during(async () => {
      const model = await ready;
      throwIfAborted(signal);
      return work(model);
    });
  }

  async function list(): Promise<PackageInfo[]> {
    const infos = new Map<string, PackageInfo>();
    for (const { opened } of await source.list()) {
      if (!opened || infos.has(opened.manifest.id)) continue;
      const { manifest, sha256 } = opened;
      infos.set(manifest.id, packageInfo(manifest, sha256, held.get(manifest.id)?.model?.provider ?? ''));
    }
    return [...infos.values()];
  }

  return {
    list,
    load: (id, signal) =>
      use(id, signal, ({ manifest, sha256, provider }) =>
        Promise.resolve(packageInfo(manifest, sha256, provider)),
      ),
    use,
    predict: (id, signal, work) =>
      use(id, signal, async (model) => {
        const others = model.denoiser ? [] : (await list()).filter(({ fills }) => fills);
        return work(
          withDenoiser(
            model,
            others.map((info) => info.id),
          ),
        );
      }),
  };
}

async function openWarm(source: PackageSource, id: string): Promise<LoadedParts> {
  const model = await source.open(id);
  try {
    await model.warmUp();
    return model;
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
