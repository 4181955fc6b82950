import { z } from 'zod';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Provider } from '../../../core/model/provider.ts';
import { parseManifest } from '../../../core/model/parseManifest.ts';
import { sha256 } from '../digest.ts';
import { checkHashes, openPackageFolder, type PackageFolder, packageFile } from '../packageFolder.ts';
import { type LoadedParts, loadParts, type LoadOptions, partsOf } from '../loadPackage.ts';
import { type OpenSession, sessionFactory } from '../sessions.ts';
import { lazy } from '../lazy.ts';
import { type Connection, connectTo, ServerGone, type ServerOptions } from './connection.ts';
import { serverSession, sessionWithFallback, startOnServer } from './serverSession.ts';
import { takesBinary } from './wire.ts';
import { encoderOnServer, MANIFEST_PARAMETER, nameOnServer } from './tritonRepository.ts';

/** A package on a server, and where it lies here too. */
export interface OnServer {
  readonly id: string;
  readonly folder: string | null; // null where it is not installed here
}

/**
 * Opens a package whose models run on a server. Where the same package is here too, work goes on here when the server is
 * gone, and `onMessage` says so.
 *
 * @throws TesseraError 'package' if the server cannot be reached or does not have it, and it is not here either
 */
export async function loadFromServer(
  server: ServerOptions,
  { id, folder }: OnServer,
  options: LoadOptions = {},
): Promise<LoadedParts> {
  const messages: string[] = [];
  const tell = (message: string): void => {
    messages.push(message);
    options.onMessage?.(message);
  };
  const goesOnHere = (error: ServerGone): void => {
    tell(`${error.message.replace(/\.$/, '')}, so the models run here.`);
  };
  const connection = connectTo(server);
  try {
    const here = folder === null ? null : await openPackageFolder(folder);
    const told = await manifestOn(connection, id, options.signal);
    const opened = told ?? here;
    if (!opened) throw unknown(connection.server, id);
    const where = startOnServer(goesOnHere);
    const sessions = sessionFactory({ ...options, onMessage: tell });
    const checked = lazy(() => (here ? checkHashes(here) : Promise.resolve()));
    const open: OpenSession = (file) => {
      const name = `${file} of the package ${id}`;
      const onServer = () => serverSession(connection, nameOnServer(opened.manifest, file), options.signal);
      if (here?.sha256 !== opened.sha256) return { name, open: onServer };
      const openHere = async () => {
        await checked.get();
        return sessions.create(packageFile(here, file), name);
      };
      return { name, open: () => sessionWithFallback(onServer, openHere, where, connection) };
    };
    const fileOf = (file: string): string => {
      if (here?.sha256 !== opened.sha256) throw needsFiles(id);
      return packageFile(here, file);
    };
    const provider = (): Provider => (where.isHere ? sessions.provider : 'server');
    const parts = partsOf(opened, { open, fileOf, provider, messages });
    return {
      ...parts,
      get provider() {
        return parts.provider;
      },
      async dispose() {
        await parts.dispose();
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    if (!(error instanceof ServerGone) || folder === null) throw error;
    goesOnHere(error);
    return loadParts(folder, options);
  }
}

/** A package as its server tells it. */
export type PackageThere = Pick<PackageFolder, 'manifest' | 'sha256'>;

/** A list of models, as Triton's extension for model repositories gives it. */
const indexSchema = z.array(z.object({ name: z.string() }));

/**
 * The packages whose models a server has.
 *
 * @param here packages that are installed: where a server does not tell its models, or what a package is, it is asked for these
 * @throws TesseraError 'package' where it cannot be asked, 'usage' for an address that cannot be one, 'aborted'
 */
export async function packagesOnServer(
  server: ServerOptions,
  here: readonly PackageThere[],
  signal?: LoadOptions['signal'],
): Promise<readonly PackageThere[]> {
  const connection = connectTo(server);
  try {
    await checkProtocol(connection, signal);
    const found: PackageThere[] = [];
    for (const id of await idsOn(connection, here, signal)) {
      throwIfAborted(signal);
      const told = await manifestOn(connection, id, signal);
      const known = here.find(({ manifest }) => manifest.id === id);
      if (told) found.push(told);
      else if (known && (await hasModel(connection, encoderOnServer(id), signal))) found.push(known);
    }
    return found;
  } finally {
    connection.close();
  }
}

async function checkProtocol(connection: Connection, signal: LoadOptions['signal']): Promise<void> {
  const reply = await connection.ask({ path: 'v2' }, signal);
  try {
    if (reply.status === 200) takesBinary(reply);
    else throw new Error(`status ${reply.status}`);
  } catch (cause) {
    throw new ServerGone(connection.server, 'does not speak the Open Inference Protocol', cause);
  }
}

/** The ids of packages that a server may have: those whose encoders it lists, or all that are here. */
async function idsOn(
  connection: Connection,
  here: readonly PackageThere[],
  signal: LoadOptions['signal'],
): Promise<readonly string[]> {
  const { status, body } = await connection.ask(
    {
      path: 'v2/repository/index',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"ready":true}'),
    },
    signal,
  );
  const index = indexSchema.safeParse(status === 200 ? jsonOrNull(body) : null);
  if (!index.success) return here.map(({ manifest }) => manifest.id);
  const end = encoderOnServer('');
  const names = index.data.map(({ name }) => name).filter((name) => name.endsWith(end));
  return [...new Set(names)].map((name) => name.slice(0, -end.length));
}

async function hasModel(
  connection: Connection,
  model: string,
  signal: LoadOptions['signal'],
): Promise<boolean> {
  const { status } = await connection.ask({ path: `v2/models/${encodeURIComponent(model)}` }, signal);
  return status === 200;
}

/** The part of Triton's extension for configurations that we ask for. */
const configSchema = z.object({
  parameters: z.record(z.string(), z.object({ string_value: z.string() })).optional(),
});

/** The manifest of a package as its server has it; null where the server does not tell. */
async function manifestOn(
  connection: Connection,
  id: string,
  signal: LoadOptions['signal'],
): Promise<PackageThere | null> {
  const path = `v2/models/${encodeURIComponent(encoderOnServer(id))}/config`;
  const { status, body } = await connection.ask({ path }, signal);
  if (status !== 200) return null;
  const config = configSchema.safeParse(jsonOrNull(body));
  const text = config.data?.parameters?.[MANIFEST_PARAMETER]?.string_value;
  if (text === undefined) return null;
  return {
    manifest: parseManifest(text, `the package ${id} on ${connection.server}`),
    sha256: sha256(Buffer.from(text)),
  };
}

function jsonOrNull(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function needsFiles(id: string): TesseraError {
  return new TesseraError(
    'package',
    `The package ${id} reads text, so its tokenizer has to be installed here too.`,
    'Install the same package here, or ask for another one with --package.',
  );
}

function unknown(server: string, id: string): TesseraError {
  return new TesseraError(
    'package',
    `The server ${server} does not tell what the package ${id} is, and it is not installed here.`,
    'Install it here too, or ask for another package with --package.',
  );
}
