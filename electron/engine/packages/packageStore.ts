import { throwIfAborted } from '../../../core/base/abort.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { type Model, withDenoiser } from '../../../core/model/model.ts';
import type { ListedPackage } from '../../../native-models/runtime/findPackages.ts';
import type { LoadedParts } from '../../../native-models/runtime/loadPackage.ts';
import { createPassTimes, type PassTimes } from './passTimes.ts';
import { createIdleTimer, type IdleTimer } from '../idleTimer.ts';
import { type Manifest, promptTaken, windowOf } from '../../../core/model/manifest.ts';

/** The packages of this machine. A loaded package is freed when it has not been used for a while. */
export interface PackageStore {
  /** Those that can be used, each id once. */
  list(): Promise<PackageInfo[]>;
  /** Makes a package ready to run at once. @throws TesseraError 'package' */
  load(id: string, signal: AbortSignal): Promise<PackageInfo>;
  /** Lends a ready package to `work`. @throws TesseraError 'package', and what `work` throws */
  use<T>(id: string, signal: AbortSignal, work: (model: LoadedParts) => Promise<T>): Promise<T>;
  /** Frees what is loaded of a package that is about to be removed or replaced. */
  forget(id: string): Promise<void>;
  /** The same as use for what needs a denoiser; a package without one is refused with those that have one. */
  predict<T>(id: string, signal: AbortSignal, work: (model: Model) => Promise<T>): Promise<T>;
}

/** Where packages come from. */
export interface PackageSource {
  list(): Promise<readonly ListedPackage[]>;
  /** Whether the package in a folder is this user's, and did not come with Tessera. */
  isOwn(folder: string): boolean;
  /** Finds and opens a package; it need not be warm. */
  open(id: string): Promise<LoadedParts>;
}

/** A package that is in memory, or about to be. */
interface Loaded {
  readonly ready: Promise<LoadedParts>;
  readonly idle: IdleTimer;
  model: LoadedParts | null; // once it is ready
}

/** @param timeout how long an unused package stays loaded, ms */
export function createPackageStore(
  source: PackageSource,
  timeout: number,
  passTimes: PassTimes = createPassTimes(() => null),
): PackageStore {
  const loaded = new Map<string, Loaded>();

  function load(id: string): Loaded {
    const entry: Loaded = {
      ready: openWarm(source, id, passTimes),
      idle: createIdleTimer(timeout, drop),
      model: null,
    };
    loaded.set(id, entry);
    entry.ready.then(
      (model) => (entry.model = model),
      () => loaded.delete(id), // so that the next attempt tries again
    );
    function drop(): void {
      if (entry.model === null) return; // it could not be loaded
      loaded.delete(id);
      void entry.model.dispose();
    }
    return entry;
  }

  async function use<T>(
    id: string,
    signal: AbortSignal,
    work: (model: LoadedParts) => Promise<T>,
  ): Promise<T> {
    const { ready, idle } = loaded.get(id) ?? load(id);
    return idle.during(async () => {
      const model = await ready;
      throwIfAborted(signal);
      return work(model);
    });
  }

  async function list(): Promise<PackageInfo[]> {
    const infos = new Map<string, PackageInfo>();
    for (const { folder, opened } of await source.list()) {
      if (!opened || infos.has(opened.manifest.id)) continue;
      const { manifest, sha256 } = opened;
      const provider = loaded.get(manifest.id)?.model?.provider ?? '';
      const pass = await passTimes.known(sha256);
      infos.set(manifest.id, packageInfo(manifest, { sha256, provider, pass, own: source.isOwn(folder) }));
    }
    return [...infos.values()];
  }

  return {
    list,
    load: async (id, signal) => {
      const { manifest, sha256, provider } = await use(id, signal, (model) => Promise.resolve(model));
      const listed = (await list()).find((info) => info.id === id);
      return (
        listed ?? packageInfo(manifest, { sha256, provider, pass: await passTimes.known(sha256), own: false })
      );
    },
    async forget(id) {
      const entry = loaded.get(id);
      loaded.delete(id);
      const model = await entry?.ready.catch(() => null);
      await model?.dispose();
    },
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

async function openWarm(source: PackageSource, id: string, passTimes: PassTimes): Promise<LoadedParts> {
  const model = await source.open(id);
  try {
    await model.warmUp();
    await passTimes.measure(model);
    return model;
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

/** What is known of a package beside what it says of itself. */
interface PackagePlace {
  readonly sha256: string;
  readonly provider: string; // where it runs; '' before it was loaded
  readonly pass: number | null; // ms
  readonly own: boolean; // this user's
}

/** What the window wants to know of a package. */
function packageInfo(manifest: Manifest, { sha256, provider, pass, own }: PackagePlace): PackageInfo {
  const { id, name, version, license, tokenizer, denoiser, sampling, palette, files } = manifest;
  return {
    id,
    sha256,
    name,
    version,
    license,
    provider,
    codes: tokenizer.codebook.size,
    downsample: tokenizer.downsample,
    minSize: tokenizer.minSize,
    fills: denoiser !== undefined,
    window: windowOf(manifest),
    prompt: promptTaken(manifest),
    usual: sampling ?? null,
    pass,
    palette,
    bytes: Object.values(files).reduce((sum, file) => sum + file.bytes, 0),
    own,
  };
}
