import type { ServerId } from './packageApi.ts';

/** What a package is asked for by: its name, or `id@server` for one on a server. Names have no '@'. */
export function packageRef(name: string, server: ServerId | null): string {
  return server === null ? name : `${name}@${server}`;
}

/** The server that a ref names; null for a package of this machine. */
export function serverIn(ref: string): ServerId | null {
  const at = ref.indexOf('@');
  return at < 0 ? null : ref.slice(at + 1);
}
