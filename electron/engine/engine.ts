import path from 'node:path';
import { findInstalled, listPackages } from '../../native-models/runtime/findPackages.ts';
import { loadParts } from '../../native-models/runtime/loadPackage.ts';
import { answerBy } from './answer.ts';
import { type Codec, CODEC_TIMES, type CodecThread, createCodec } from './codec/codec.ts';
import { createHost, type Host } from './host.ts';
import { createPackageStore, type PackageStore } from './packages/packageStore.ts';
import { createPassTimes } from './packages/passTimes.ts';
import type { HostPort } from './ports.ts';
import { serve, type Serving } from './serve.ts';
import type { RecoveryMethod } from '../../core/contract/engineApi.ts';
import type { Handlers } from './handler.ts';
import { fillMethod } from './methods/fill.ts';
import { objectMethods } from './methods/objects.ts';
import { packageMethods } from './methods/packages.ts';
import { pictureMethods } from './methods/pictures.ts';
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
  const packages = createPackageStore(
    {
      list: () => listPackages(host.packageFolders()),
      isOwn: (folder) => path.dirname(folder) === host.packageFolders()[0],
      open: async (id) => loadParts(await findInstalled(id, host.packageFolders())),
    },
    times.packages,
    createPassTimes(() => host.cacheFolder()),
  );
  return serve(main, host, answerBy(createHandlers({ host, codec, packages })));
}

/** What the handlers work with. */
interface Services {
  readonly host: Host;
  readonly codec: Codec;
  readonly packages: PackageStore;
}

/** Who answers what in the engine. */
function createHandlers({ host, codec, packages }: Services): Omit<Handlers, RecoveryMethod> {
  return {
    ...pictureMethods(host, codec),
    ...objectMethods(),
    ...packageMethods(host, packages),
    'fill.run': fillMethod(packages),
    ...tokenMethods(host, packages),
  };
}
