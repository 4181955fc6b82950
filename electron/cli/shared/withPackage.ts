import { access } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { MANIFEST_NAME } from '../../../core/model/manifest.ts';
import {
  type LoadedPackage,
  type LoadedParts,
  type LoadOptions,
  loadParts,
} from '../../../native-models/runtime/loadPackage.ts';
import { withDenoiser } from '../../../core/model/model.ts';
import { DEFAULT_PACKAGE, findPackage, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import type { ServerOptions } from '../../../native-models/runtime/server/connection.ts';
import { loadFromServer } from '../../../native-models/runtime/server/serverPackage.ts';
import { readBytes } from '../../io/files/readBytes.ts';
import type { Context } from './context.ts';
import type { ModelOptions } from './options.ts';
import { packageFolders } from './folders.ts';
import { serverTokens } from './serverTokens.ts';

/** More than a certificate with its chain and key has, bytes. */
const MOST_PEM = 1 << 20;

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
  const model = await partsFor(context, options);
  try {
    await model.warmUp(context.signal);
    return await work({ model, loading: performance.now() - started });
  } finally {
    await model.dispose();
  }
}

function partsFor({ root, signal, reporter, engine }: Context, options: ModelOptions): Promise<LoadedParts> {
  const { package: named, provider } = options;
  const threads = engine?.threads ?? options.threads;
  const server = engine ? engine.server : onlyServer(options);
  const how: LoadOptions = {
    provider,
    ...(threads !== undefined && { threads }),
    signal,
    onMessage: (message) => {
      reporter.note(message);
    },
  };
  return server === undefined ? loadHere(named, root, how) : loadThere(server, options, root, how);
}

function onlyServer({ server = [] }: ModelOptions): string | undefined {
  if (server.length <= 1) return server[0];
  throw new TesseraError(
    'usage',
    'Several servers can share several pictures, and there is one alone to work on.',
    'Give --server once.',
  );
}

async function loadHere(named: string | undefined, root: string, how: LoadOptions): Promise<LoadedParts> {
  return loadParts(await folderOf(named, root), how);
}

/** What runs on a server need not be here; where it is, work can go on here. */
async function loadThere(
  url: string,
  options: ModelOptions,
  root: string,
  how: LoadOptions,
): Promise<LoadedParts> {
  const { package: named, serverCertificate } = options;
  const folder = await folderOf(named, root).catch(() => null);
  const id = folder === null ? (named ?? DEFAULT_PACKAGE) : (await openPackageFolder(folder)).manifest.id;
  const token = (await serverTokens(options))(url);
  const pem =
    serverCertificate === undefined
      ? null
      : Buffer.from(await readBytes(serverCertificate, MOST_PEM)).toString('utf8');
  const server: ServerOptions = {
    url,
    ...(token !== undefined && { token }),
    ...(pem !== null && { certificate: { cert: pem, key: pem } }),
  };
  return loadFromServer(server, { id, folder }, how);
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
