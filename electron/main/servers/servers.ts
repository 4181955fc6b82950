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
  encrypts(): Promise<boolean>;
  /** Adds one, or replaces one of that address. */
  add(url: string, secret: Secret): Promise<ServerInfo>;
  remove(id: ServerId): void;
  /** All of them, as the engine has to know them. */
  message(): HostMessage;
  /** Resolves when all that was kept is decrypted; nobody has to wait for it. */
  readonly opened: Promise<void>;
}

/**
 * @param cipher asked for where something has to be encrypted or decrypted; null where the system keeps no keys: then tokens and
 * keys last as long as the program runs
 * @param changed the engine has to be told
 */
export function createServers(
  file: JsonFile<ServerEntry[]>,
  cipher: () => Promise<Cipher | null>,
  changed: () => void,
): Servers {
  const secrets = new Map<ServerId, Secret | null>(); // null for what cannot be decrypted

  async function open(): Promise<void> {
    for (const { url, secret } of file.value) {
      const id = idOf(url);
      const found = secret === null ? null : await decrypted(secret, await cipher());
      if (secrets.has(id) || !file.value.some((entry) => idOf(entry.url) === id)) continue; // it was replaced or removed since
      secrets.set(id, found);
      if (found) changed();
    }
  }

  function infoOf({ url, isGuarded, secret }: ServerEntry): ServerInfo {
    const id = idOf(url);
    const isLost = secrets.get(id) === null;
    const state = !isGuarded ? 'none' : isLost ? 'lost' : secret === null ? 'session' : 'kept';
    return { id, url, secret: state };
  }

  function without(id: ServerId): ServerEntry[] {
    return file.value.filter(({ url }) => idOf(url) !== id);
  }

  return {
    list: () => file.value.map(infoOf),
    encrypts: async () => (await cipher()) !== null,
    async add(url, secret) {
      const id = idOf(url);
      const isGuarded = secret.token !== undefined || secret.certificate !== undefined;
      const encrypted = isGuarded ? await (await cipher())?.encrypt(JSON.stringify(secret)) : undefined;
      const entry = { url, isGuarded, secret: encrypted ? Buffer.from(encrypted).toString('base64') : null };
      secrets.set(id, secret);
      file.set([...without(id), entry]);
      changed();
      return infoOf(entry);
    },
    remove(id) {
      secrets.delete(id);
      file.set(without(id));
      changed();
    },
    message: () => ({
      kind: 'servers',
      servers: file.value.map(({ url }) => ({ id: idOf(url), url, ...secrets.get(idOf(url)) })),
    }),
    opened: open(),
  };
}

async function decrypted(secret: string, cipher: Cipher | null): Promise<Secret | null> {
  if (!cipher) return null;
  try {
    return secretSchema.parse(JSON.parse(await cipher.decrypt(Buffer.from(secret, 'base64'))));
  } catch {
    return null; // the system's key is another one now
  }
}

/** The address without its scheme. */
function idOf(url: string): ServerId {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}
