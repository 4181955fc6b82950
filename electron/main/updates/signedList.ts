import type { ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import {
  parseUpdateInfo,
  Provider,
  type ProviderRuntimeOptions,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js';
import { TesseraError } from '../../../core/base/errors.ts';
import { isSigned, type Release } from './release.ts';

const PATIENCE = 20_000; // ms
const LARGEST = 1 << 20; // bytes; a list has a few hundred

/** The list of the newest version, `latest-*.yml`. It counts only with the signature that lies beside it, `latest-*.yml.sig`. */
export class SignedList extends Provider<UpdateInfo> {
  private readonly release: Release;
  private readonly base: URL;

  constructor(release: Release, options: ProviderRuntimeOptions) {
    super(options);
    this.release = release;
    this.base = new URL(release.url.replace(/\/*$/, '/'));
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`;
    const url = new URL(name, this.base);
    const list = await load(url);
    const signature = await load(new URL(`${name}.sig`, this.base));
    if (!isSigned(list, signature.toString(), this.release)) {
      throw new TesseraError(
        'input',
        "What the server of releases tells is not signed with Tessera's key.",
        'Nothing was downloaded; tell those who you have Tessera from.',
      );
    }
    return parseUpdateInfo(list.toString(), name, url);
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.base);
  }
}

async function load(url: URL): Promise<Buffer> {
  const response = await ask(url);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      parts.push(part as Uint8Array);
      size += (part as Uint8Array).length;
      if (size > LARGEST) break; // no signature fits what was cut
    }
  } catch (cause) {
    throw silent(cause);
  }
  return Buffer.concat(parts);
}

/** Nothing goes along that would tell one person from another. */
async function ask(url: URL): Promise<Response> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE),
    headers: { 'User-Agent': 'Tessera' },
  }).catch((cause: unknown) => {
    throw silent(cause);
  });
  if (response.ok) return response;
  throw new TesseraError(
    'input',
    'The server of releases does not tell which version is the newest.',
    'Try again later.',
  );
}

function silent(cause: unknown): TesseraError {
  return new TesseraError(
    'input',
    'The server of releases cannot be reached.',
    'Check the connection, and try again later.',
    { cause },
  );
}
