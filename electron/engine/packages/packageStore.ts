import { TesseraError } from '../../../core/base/errors.ts';
import { throwIfAborted } from '../../../core/base/abort.ts';
import type { PackageInfo, ServerId } from '../../../core/contract/packageApi.ts';
import { serverIn } from '../../../core/contract/packageRef.ts';
import { idInName } from '../../../core/model/packageName.ts';
import { type Model, withDenoiser } from '../../../core/model/model.ts';
import type { PrecisionCost } from '../../../core/model/precisionCost.ts';
import { precisionOf } from '../../../native-models/importers/cost/origin.ts';
import type { LoadedParts } from '../../../native-models/runtime/loadPackage.ts';
import { createPassTimes, type PassTimes } from './passTimes.ts';
import { createIdleTimer, type IdleTimer } from '../idleTimer.ts';
import { type Manifest, promptTaken, windowOf } from '../../../core/model/manifest.ts';

/** The packages of this machine and of servers, called by their refs. A loaded package is freed when it has not been used for a while. */
export interface PackageStore {
  /** Those that can be used, each ref once. */
  list(): Promise<PackageInfo[]>;
  /** Makes a package ready to run at once. @throws TesseraError 'package' */
  load(ref: string, signal: AbortSignal): Promise<PackageInfo>;
  /** Lends a ready package to `work`. @throws TesseraError 'package', and what `work` throws */
  use<T>(ref: string, signal: AbortSignal, work: (model: LoadedParts) => Promise<T>): Promise<T>;
  /** Frees what is loaded of the packages of this machine with an id, or of all, before they are changed. */
  forgetHere(id?: string): Promise<void>;
  /** Frees what runs on servers that are not asked any more, or asked otherwise. */
  forgetServers(servers: readonly ServerId[]): Promise<void>;
  /** The same as use for what needs a denoiser; a package without one is refused with those that have one. */
  predict<T>(ref: string, signal: AbortSignal, work: (model: Model) => Promise<T>): Promise<T>;
}

/** Where packages come from. */
export interface PackageSource {
  list(): Promise<readonly FoundPackage[]>;
  /** Finds and opens a package; it need not be warm. */
  open(ref: string): Promise<LoadedParts>;
}

/** A package that can be opened. */
export interface FoundPackage {
  readonly ref: string;
  readonly server: ServerId | null; // null for one of this machine
  readonly manifest: Manifest;
  readonly sha256: string;
  readonly cost: PrecisionCost | null; // of its precision; null where it was not measured
  readonly own: boolean; // this user's; else it came with Tessera or lies on a server
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

  function load(ref: string): Loaded {
    const entry: Loaded = {
      ready: openWarm(ref),
      idle: createIdleTimer(timeout, drop),
      model: null,
    };
    loaded.set(ref, entry);
    entry.ready.then(
      (model) => (entry.model = model),
      () => {
        take(); // so that the next attempt tries again
      },
    );
    /** Another one may have been loaded in its place since. */
    function take(): void {
      if (loaded.get(ref) === entry) loaded.delete(ref);
    }
    function drop(): void {
      if (entry.model === null) return; // it could not be loaded
      take();
      void entry.model.dispose();
    }
    return entry;
  }

  async function openWarm(ref: string): Promise<LoadedParts> {
    const model = await source.open(ref);
    try {
      await model.warmUp();
      await passTimes.measure({ sha256: model.sha256, server: serverIn(ref) }, model);
      return model;
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  async function use<T>(
    ref: string,
    signal: AbortSignal,
    work: (model: LoadedParts) => Promise<T>,
  ): Promise<T> {
    const { ready, idle } = loaded.get(ref) ?? load(ref);
    return idle.during(async () => {
      const model = await ready;
      throwIfAborted(signal);
      return work(model);
    });
  }

  async function list(): Promise<PackageInfo[]> {
    const infos = new Map<string, PackageInfo>();
    for (const found of await source.list()) {
      const { ref } = found;
      const provider = loaded.get(ref)?.model?.provider ?? '';
      if (!infos.has(ref)) infos.set(ref, packageInfo(found, provider, await passTimes.known(found)));
    }
    return [...infos.values()];
  }

  async function forget(ref: string): Promise<void> {
    const entry = loaded.get(ref);
    loaded.delete(ref);
    const model = await entry?.ready.catch(() => null);
    await model?.dispose();
  }

  return {
    list,
    load: async (ref, signal) => {
      await use(ref, signal, () => Promise.resolve());
      const info = (await list()).find((each) => each.ref === ref);
      if (info) return info;
      throw new TesseraError('package', `The package ${ref} is not there any more.`, 'Add it again.');
    },
    async forgetHere(id) {
      const isMeant = (ref: string): boolean =>
        serverIn(ref) === null && (id === undefined || idInName(ref) === id);
      await Promise.all([...loaded.keys()].filter(isMeant).map(forget));
    },
    async forgetServers(servers) {
      const isThere = (ref: string): boolean => servers.includes(serverIn(ref) ?? '');
      await Promise.all([...loaded.keys()].filter(isThere).map(forget));
    },
    use,
    predict: (ref, signal, work) =>
      use(ref, signal, async (model) => {
        const others = model.denoiser ? [] : (await list()).filter(({ fills }) => fills);
        return work(
          withDenoiser(
            model,
            others.map(({ id }) => id),
          ),
        );
      }),
  };
}

/** What the window wants to know of a package. @param pass ms */
function packageInfo(
  { ref, server, sha256, own, cost, manifest }: FoundPackage,
  provider: string,
  pass: number | null,
): PackageInfo {
  const { id, name, version, license, tokenizer, denoiser, sampling, palette, files } = manifest;
  return {
    ref,
    id,
    server,
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
    precision: precisionOf(manifest),
    cost,
    bytes: Object.values(files).reduce((sum, file) => sum + file.bytes, 0),
    own,
  };
}
