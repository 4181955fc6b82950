import type { Handlers } from '../handler.ts';
import type { PackageStore } from '../packages/packageStore.ts';

export function packageMethods(packages: PackageStore): Pick<Handlers, 'package.list' | 'package.load'> {
  return {
    'package.list': () => packages.list(),
    'package.load': ({ id }, { signal }) => packages.load(id, signal),
  };
}
