import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { TesseraError } from '../../../core/base/errors.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import { readBytes } from '../../io/files/readBytes.ts';
import { ALL_FILES, named } from '../files/kinds.ts';
import type { Handlers } from '../ipc/answer.ts';
import type { Servers } from '../servers/servers.ts';
import { translated } from '../texts.ts';

/** More than a certificate with its chain and key has, bytes. */
const MOST_PEM = 1 << 20;

/** What the window asks about servers that run models. */
export function serverHandlers(
  servers: Servers,
  window: () => BrowserWindow,
): Pick<Handlers, Extract<keyof Handlers, `servers.${string}`>> {
  const chosen = new Map<GrantId, string>(); // paths of certificates

  async function readCertificate(id: GrantId): Promise<{ cert: string; key: string }> {
    const file = chosen.get(id);
    if (file === undefined) throw new TesseraError('usage', 'This file was not chosen by anyone.');
    const pem = Buffer.from(await readBytes(file, MOST_PEM)).toString('utf8');
    return { cert: pem, key: pem };
  }

  return {
    'servers.list': () => servers.list(),
    'servers.encrypts': () => servers.encrypts(),
    'servers.add': async ({ url, token, certificate }) =>
      servers.add(url, {
        ...(token !== '' && { token }),
        ...(certificate !== null && { certificate: await readCertificate(certificate) }),
      }),
    'servers.remove': ({ id }) => {
      servers.remove(id);
      return null;
    },
    'servers.chooseCertificate': async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: translated('Choose a client certificate'),
        properties: ['openFile'],
        filters: [{ name: 'Certificate with its key', extensions: ['pem'] }, ALL_FILES].map(named),
      });
      const [file] = filePaths;
      if (file === undefined) return null;
      const id = randomUUID();
      chosen.set(id, file);
      return { id, name: path.basename(file) };
    },
  };
}
