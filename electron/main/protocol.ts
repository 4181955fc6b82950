import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, SCHEME } from './origin.ts';
import { pageFile } from './pageFiles.ts';

/** Has to be called before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the page's files out of `folder`, and nothing else. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const found = method === 'GET' ? pageFile(folder, url) : null;
    const bytes = found && (await readFile(found.file).catch(() => null));
    return bytes
      ? new Response(bytes, { headers: headers(found.type) })
      : new Response(null, { status: 404 });
  });
}

function headers(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
