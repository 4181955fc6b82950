import type { ServerId } from './packageApi.ts';

/** What a package is asked for by: its id, or `id@server` for one on a server. Ids have no '@'. */
export function packageRef(id: string, server: ServerId | null): string {
  return server === null ? id : `${id}@${server}`;
}

/** The server that a ref names; null for a package of this machine. */
export function serverIn(ref: string): ServerId | null {
  const at = ref.indexOf('@');
  return at < 0 ? null : ref.slice(at + 1);
}
