import type { Manifest } from './manifest.ts';

// A package is called by its id. Where several versions lie side by side, `tiny` is the newest and `tiny:1.0.0` that one.

/** A version as names have it: a manifest may say any text, and names become folders. */
export function versionName(version: string): string {
  return version.replace(/[^A-Za-z0-9._+-]+/g, '-');
}

/** The name that means this version alone. */
export function nameWithVersion({ id, version }: Pick<Manifest, 'id' | 'version'>): string {
  return `${id}:${versionName(version)}`;
}

/** The id in a name, or in what the engine is asked by for a package on a server. */
export function idInName(name: string): string {
  return name.replace(/[:@].*$/s, '');
}

/** Below 0 where `a` is older than `b`: numbers count as numbers, and 2.0.0-rc.1 comes before 2.0.0. */
export function compareVersions(a: string, b: string): number {
  const [[mainA, restA], [mainB, restB]] = [parts(a), parts(b)];
  const main = inOrder(mainA, mainB);
  if (main !== 0 || restA === restB) return main;
  if (restA === '' || restB === '') return restA === '' ? 1 : -1;
  return inOrder(restA, restB);
}

function parts(version: string): [main: string, rest: string] {
  const at = version.indexOf('-');
  return at < 0 ? [version, ''] : [version.slice(0, at), version.slice(at + 1)];
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
