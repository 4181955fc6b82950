import { z } from 'zod';
import type { HostMessage, ServerToAsk } from '../../../core/contract/engineHost.ts';
import type { ServerInfo } from '../../../core/contract/mainApi.ts';
import type { ServerId } from '../../../core/contract/packageApi.ts';
import type { JsonFile } from '../settings.ts';
import type { Cipher } from './cipher.ts';

/** What is written of a server: never a token or a key as it is. */
export const serversSchema = z.array(
  z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    isGuarded: z.boolean(), // by a token or a certificate
    secret: z.base64().nullable(), // both, encrypted; null where they are not kept
  }),
);

export type ServerEntry = z.infer<typeof serversSchema>[number];

/** What opens a server. */
type Secret = Pick<ServerToAsk, 'token' | 'certificate'>;

const secretSchema: z.ZodType<Secret> = z.strictObject({
  token: z.exactOptional(z.string()),
  certificate: z.exactOptional(z.strictObject({ cert: z.string(), key: z.string() })),
});

/** The servers that a person added. The engine is told how they are asked; the window only which there are. */
export interface Servers {
  list(): ServerInfo[];
  encrypts(): boolean;
  /** Adds one, or replaces one of that address. */
  add(url: string, secret: Secret): ServerInfo;
  remove(id: ServerId): void;
  /** All of them, as the engine has to know them. */
  message(): HostMessage;
}

/**
 * @param cipher asked for where something has to be encrypted; null where the system keeps no keys: then tokens and keys last
 * as long as the program runs
 * @param changed the engine has to be told
 */
export function createServers(
  file: JsonFile<ServerEntry[]>,
  cipher: () => Cipher | null,
  changed: () => void,
): Servers {
  const opened = new Map<ServerId, Secret | null>(); // null for what cannot be decrypted

  function secretOf({ url, secret }: ServerEntry): Secret | null {
    const id = idOf(url);
    if (!opened.has(id)) opened.set(id, secret === null ? null : decrypted(secret, cipher()));
    return opened.get(id) ?? null;
  }

  function infoOf(entry: ServerEntry): ServerInfo {
    const { url, isGuarded, secret } = entry;
    const state = !isGuarded
      ? 'none'
      : secretOf(entry) === null
        ? 'lost'
        : secret === null
          ? 'session'
          : 'kept';
    return { id: idOf(url), url, secret: state };
  }

  function without(id: ServerId): ServerEntry[] {
    return file.value.filter(({ url }) => idOf(url) !== id);
  }

  return {
    list: () => file.value.map(infoOf),
    encrypts: () => cipher() !== null,
    add(url, secret) {
      const id = idOf(url);
      const isGuarded = secret.token !== undefined || secret.certificate !== undefined;
      const encrypted = isGuarded ? cipher()?.encrypt(JSON.stringify(secret)) : undefined;
      const entry = { url, isGuarded, secret: encrypted ? Buffer.from(encrypted).toString('base64') : null };
      opened.set(id, secret);
      file.set([...without(id), entry]);
      changed();
      return infoOf(entry);
    },
    remove(id) {
      opened.delete(id);
      file.set(without(id));
      changed();
    },
    message: () => ({
      kind: 'servers',
      servers: file.value.map((entry) => ({ id: idOf(entry.url), url: entry.url, ...secretOf(entry) })),
    }),
  };
}

function decrypted(secret: string, cipher: Cipher | null): Secret | null {
  if (!cipher) return null;
  try {
    return secretSchema.parse(JSON.parse(cipher.decrypt(Buffer.from(secret, 'base64'))));
  } catch {
    return null; // the system's key is another one now
  }
}

/** The address without its scheme. */
function idOf(url: string): ServerId {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}
