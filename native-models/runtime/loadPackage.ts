import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import type { Provider } from '../../core/model/provider.ts';
import { type Model, type ModelParts, withDenoiser } from '../../core/model/model.ts';
import { createConditioner } from './conditioner.ts';
import { createDenoiser } from './denoiser.ts';
import { checkHashes, openPackageFolder, type PackageFolder, packageFile } from './packageFolder.ts';
import { type OpenSession, sessionFactory, type SessionOptions } from './sessions.ts';
import { createTokenizer } from './tokenizer.ts';

/** A package that is ready to run, a tokenizer alone it may be. Any number may be loaded side by side; each owns its sessions. */
export interface LoadedParts extends ModelParts {
  readonly manifest: Manifest;
  /** Where models run; becomes 'cpu' when the provider that was asked for turns out not to work. */
  readonly provider: Provider;
  /** What a user may want to know, such as a provider that was not to be had. */
  readonly messages: readonly string[];
  /** Loads every model that all fills need and runs it once on a small input, so that the first fill does not wait for it. */
  warmUp(signal?: Abort): Promise<void>;
  /** Frees the sessions; the package cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** How a package is loaded. */
export type LoadOptions = SessionOptions & { readonly signal?: Abort };

/** A package that is ready to run and can predict tokens. */
export type LoadedPackage = LoadedParts & Model;

/** As loadParts does, for work that needs a denoiser. @throws TesseraError 'package' also for a tokenizer alone */
export async function loadPackage(folder: string, options: LoadOptions = {}): Promise<LoadedPackage> {
  return withDenoiser(await loadParts(folder, options), []);
}

/**
 * Opens the package in `folder` and checks every file's hash. Models are loaded on first use or by `warmUp`.
 *
 * @throws TesseraError 'package' if the folder holds no package, or one that is damaged or cannot be run
 */
export async function loadParts(folder: string, options: LoadOptions = {}): Promise<LoadedParts> {
  const opened = await openPackageFolder(folder);
  await checkHashes(opened, options.signal);

  const messages: string[] = [];
  const sessions = sessionFactory({
    ...options,
    onMessage(message) {
      messages.push(message);
      options.onMessage?.(message);
    },
  });
  const open: OpenSession = (file) => {
    const name = `${file} of the package ${opened.manifest.id}`;
    return { name, open: () => sessions.create(packageFile(opened, file), name) };
  };
  const fileOf = (file: string): string => packageFile(opened, file);
  return partsOf(opened, { open, fileOf, provider: () => sessions.provider, messages });
}

/** Where what a package is made of comes from. */
export interface PartSources {
  readonly open: OpenSession;
  readonly fileOf: (file: string) => string; // the path of another file than a model
  readonly provider: () => Provider; // where models run by now
  readonly messages: readonly string[];
}

/** A package that is ready to run, wherever its models lie. */
export function partsOf(
  { manifest, sha256 }: Pick<PackageFolder, 'manifest' | 'sha256'>,
  { open, fileOf, provider, messages }: PartSources,
): LoadedParts {
  const { tokenizer, models: tokenizerModels } = createTokenizer(manifest, open);
  const leading = createConditioner(manifest, open, fileOf);
  const conditioner = leading?.conditioner ?? null;
  const owned = createDenoiser(manifest, open, conditioner, provider);
  const models = [
    ...tokenizerModels,
    ...(owned ? [owned.model] : []),
    ...(leading?.model ? [leading.model] : []),
  ];

  return {
    manifest,
    id: manifest.id,
    sha256,
    tokenizer,
    denoiser: owned?.denoiser ?? null,
    conditioner,
    get provider() {
      return provider();
    },
    messages,
    async warmUp(signal) {
      for (const model of models) {
        throwIfAborted(signal);
        await model.load();
      }
    },
    async dispose() {
      await Promise.all([...models, ...(owned?.led ? [owned.led] : [])].map((model) => model.dispose()));
    },
  };
}
