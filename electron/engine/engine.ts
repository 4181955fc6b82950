import type { PackageNews } from '../../core/contract/packageApi.ts';
import { answerBy } from './answer.ts';
import { type Codec, CODEC_TIMES, type CodecThread, createCodec } from './codec/codec.ts';
import { createHost, type Host } from './host.ts';
import { finishMove } from './packages/movePackages.ts';
import { type AllPackages, createPackageSource } from './packages/packageSource.ts';
import { createPackageStore, type PackageStore } from './packages/packageStore.ts';
import { createNews, type News } from './packages/news.ts';
import { createPassTimes } from './packages/passTimes.ts';
import type { HostPort } from './ports.ts';
import { serve, type Serving } from './serve.ts';
import type { RecoveryMethod } from '../../core/contract/engineApi.ts';
import type { Handlers } from './handler.ts';
import { fillMethod } from './methods/fill.ts';
import { objectMethods } from './methods/objects.ts';
import { packageMethods } from './methods/packages.ts';
import { pictureMethods } from './methods/pictures.ts';
import { serverMethods } from './methods/servers.ts';
import { tokenMethods } from './methods/tokens.ts';

const MINUTE = 60_000; // ms

/** How long unused packages and threads stay in memory, and how long a codec may be silent, ms. */
export const TIMES = { packages: 10 * MINUTE, codec: CODEC_TIMES };

/**
 * Answers EngineApi, without what the recovery process answers, on every port that main hands over.
 *
 * @param startCodec starts a thread that encodes and decodes
 */
export function startEngine(main: HostPort, startCodec: () => CodecThread, times = TIMES): Serving {
  const host = createHost();
  const codec = createCodec(startCodec, times.codec);
  const news = createNews<PackageNews>();
  const source = createPackageSource(host, news.tell);
  const packages = createPackageStore(
    source,
    times.packages,
    createPassTimes(() => host.cacheFolder()),
  );
  void finishMove(); // of packages, by a Tessera that was killed in the middle
  // What was opened on a server is closed with it.
  host.onServersGone((ids) => {
    void packages.forgetServers(ids);
  });
  return serve(main, host, answerBy(createHandlers({ host, codec, source, packages, news })));
}

/** What the handlers work with. */
interface Services {
  readonly host: Host;
  readonly codec: Codec;
  readonly source: AllPackages;
  readonly packages: PackageStore;
  readonly news: News<PackageNews>;
}

/** Who answers what in the engine. */
function createHandlers({ host, codec, source, packages, news }: Services): Omit<Handlers, RecoveryMethod> {
  return {
    ...pictureMethods(host, codec),
    ...objectMethods(),
    ...packageMethods(host, packages, codec),
    ...serverMethods(source, packages, news),
    'fill.run': fillMethod(packages),
    ...tokenMethods(host, packages),
  };
}
