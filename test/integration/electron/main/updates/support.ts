import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSignedList } from '../../../../../build/packaging/release.mjs';

/** A server of releases on this machine, which can misbehave, and a folder of its own. */
export interface ReleaseServer {
  readonly folder: string; // gone with the server
  readonly release: { readonly url: string; readonly publicKey: string };
  /** What was asked of it. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Only so many bytes of an installer arrive, then the line is cut. */
  cutAt: number;
  /** Instead of being cut, the line stays silent from there on. */
  isSilent: boolean;
  /** Puts a version on it: a program that leaves a file where it is started. Gives that file. */
  publish(version: string): string;
  /** A file that it serves. */
  file(name: string): string;
  close(): void;
}

/** The list that a machine like this one asks for. */
export const LIST = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;

/** A pair of keys as a release has them. */
export function makeKeys(): { readonly key: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

export async function startReleases(): Promise<ReleaseServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tessera-releases-'));
  const place = path.join(folder, 'server');
  mkdirSync(place);
  const { key, publicKey } = makeKeys();
  const server = createServer(({ url = '', headers }, response) => {
    releases.asked.push({ path: url, headers });
    const file = path.join(place, path.basename(url));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    response.writeHead(200, { 'Content-Length': bytes.length });
    if (!file.endsWith('.AppImage') || bytes.length <= releases.cutAt) response.end(bytes);
    else
      response.write(bytes.subarray(0, releases.cutAt), () => {
        if (!releases.isSilent) response.destroy();
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases`;
  const releases: ReleaseServer = {
    folder,
    release: { url, publicKey },
    asked: [],
    cutAt: Infinity,
    isSilent: false,
    publish(version) {
      const started = path.join(folder, `started-${version}`);
      const file = path.join(place, `Tessera-${version}.AppImage`);
      writeFileSync(file, `#!/bin/sh\ntouch ${started}\n# ${'.'.repeat(300_000)}\n`);
      writeSignedList({ folder: place, version, files: [file], key, release: { url, publicKey } });
      return started;
    },
    file: (name) => path.join(place, name),
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return releases;
}

/** The AppImage of a version that is installed: a program that can be replaced. */
export function installedAppImage(folder: string): string {
  const file = path.join(folder, 'Tessera.AppImage');
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}
