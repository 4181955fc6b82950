/** Where the window's page lives. A scheme of its own, so that nothing else on the machine shares its origin. */
export const SCHEME = 'app';
export const HOST = 'tessera';
export const ORIGIN = `${SCHEME}://${HOST}`;
export const PAGE = `${ORIGIN}/index.html`;

/** What the page may load and run: its own files, and pictures that it made itself. Nothing from a network. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // Svelte makes templates with its own policy; 'default' is for Konva, which clears elements with innerHTML = ''.
  'trusted-types svelte-trusted-html default',
].join('; ');

/** Whether an address is a page of ours. */
export function isOurs(address: string): boolean {
  return address === ORIGIN || address.startsWith(`${ORIGIN}/`);
}

/** Whether an address leads to nothing beyond this machine's own memory and the files of Tessera. */
export function isLocal(address: string): boolean {
  const scheme = address.slice(0, address.indexOf(':'));
  return [SCHEME, 'blob', 'data', 'devtools'].includes(scheme);
}
