import type { KeeperMethod } from '../../../core/contract/engineApi.ts';
import type { Codec } from './codec/codec.ts';
import type { Handlers } from './handler.ts';
import type { Host } from './host.ts';
import { fillMethod } from './methods/fill.ts';
import { packageMethods } from './methods/packages.ts';
import { pictureMethods } from './methods/pictures.ts';
import { tokenMethods } from './methods/tokens.ts';
import type { PackageStore } from './packages/packageStore.ts';

/** What the handlers work with. */
export interface Services {
  readonly host: Host;
  readonly codec: Codec;
  readonly packages: PackageStore;
}

/** Who answers what in the engine. */
export function createHandlers({ host, codec, packages }: Services): Omit<Handlers, KeeperMethod> {
  return {
    ...pictureMethods(host, codec),
    ...packageMethods(host, packages),
    'fill.run': fillMethod(packages),
    ...tokenMethods(host, packages),
  };
}
