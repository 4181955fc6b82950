import { access } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST_NAME } from '../../../core/model/manifest.ts';
import {
  type LoadedPackage,
  type LoadedParts,
  loadParts,
} from '../../../native-models/runtime/loadPackage.ts';
import { withDenoiser } from '../../../core/model/model.ts';
import { DEFAULT_PACKAGE, findPackage, listPackages } from '../../../native-models/runtime/findPackages.ts';
import type { Context } from './context.ts';
import type { ModelOptions } from './options.ts';
import { packageFolders } from './folders.ts';

/** What a report says of the package that was used. */
export interface PackageReport {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly provider: string; // where the models ran
}

/** A loaded package, and how long the loading took. */
export interface OpenedPackage {
  readonly model: LoadedParts;
  readonly loading: number; // ms
}

/** Loads the package that the options name, lends it to `work`, and frees it whatever happens. */
export async function withPackage<T>(
  context: Context,
  options: ModelOptions,
  work: (opened: OpenedPackage) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const model = await loadParts(await folderOf(options.package, context.root), {
    provider: options.provider,
    ...(options.threads !== undefined && { threads: options.threads }),
    signal: context.signal,
    onMessage: (message) => {
      context.reporter.note(message);
    },
  });
  try {
    await model.warmUp(context.signal);
    return await work({ model, loading: performance.now() - started });
  } finally {
    await model.dispose();
  }
}

/**
 * The model of a package, for work that predicts tokens.
 *
 * @throws TesseraError 'package' for a tokenizer alone, with the packages that have a denoiser
 */
export async function predicting({ root }: Context, model: LoadedParts): Promise<LoadedPackage> {
  const listed = model.denoiser ? [] : await listPackages(packageFolders(root));
  const others = listed.flatMap(({ opened }) => (opened?.manifest.denoiser ? [opened.manifest.id] : []));
  return withDenoiser(model, others);
}

export function packageReport(model: LoadedParts): PackageReport {
  const { id, sha256, provider, manifest } = model;
  return { id, name: manifest.name, version: manifest.version, sha256, provider };
}

/** A folder that holds a manifest is taken as it is; anything else is an id, or a path that the runtime explains. */
export async function folderOf(name: string | undefined, root: string): Promise<string> {
  if (name !== undefined && (await holdsPackage(name))) return path.resolve(name);
  return findPackage(name ?? DEFAULT_PACKAGE, packageFolders(root));
}

export async function holdsPackage(folder: string): Promise<boolean> {
  return access(path.join(folder, MANIFEST_NAME)).then(
    () => true,
    () => false,
  );
}
