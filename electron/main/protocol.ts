import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, HOST, SCHEME } from './origin.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Has to be called before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the page's files out of `folder`, and nothing else. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = fileFor(folder, request.url);
    const type = TYPES[path.extname(file ?? '')];
    if (request.method !== 'GET' || file === null || type === undefined) return refusal();
    const bytes = await readFile(file).catch(() => null);
    return bytes === null ? refusal() : new Response(bytes, { headers: headers(type) });
  });
}

/** The file that an address means; null where it is none of ours. */
export function fileFor(folder: string, address: string): string | null {
  const { host, pathname } = new URL(address);
  if (host !== HOST) return null;
  const file = path.resolve(folder, `.${decodeURIComponent(pathname)}`);
  return file.startsWith(folder + path.sep) ? file : null;
}

function refusal(): Response {
  return new Response(null, { status: 404 });
}

function headers(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
