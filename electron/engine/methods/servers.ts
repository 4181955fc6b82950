import type { PackageApi, PackageNews } from '../../../core/contract/packageApi.ts';
import type { Handlers } from '../handler.ts';
import type { News } from '../packages/news.ts';
import type { AllPackages } from '../packages/packageSource.ts';
import type { PackageStore } from '../packages/packageStore.ts';

export type ServerMethod = Extract<keyof PackageApi, `server.${string}` | 'package.follow'>;

/** Servers that run models: what they have, and when one of them is left. */
export function serverMethods(
  source: Pick<AllPackages, 'look'>,
  packages: PackageStore,
  news: News<PackageNews>,
): Pick<Handlers, ServerMethod> {
  return {
    'server.look': async ({ server }, { signal }) => {
      await source.look(server, signal);
      await packages.forgetServers([server]); // what was left, or has changed there, is opened anew
      return (await packages.list()).filter((info) => info.server === server);
    },
    'package.follow': (_, { signal, progress }) => news.follow(signal, progress),
  };
}
