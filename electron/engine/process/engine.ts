import path from 'node:path';
import { findInstalled, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { loadParts } from '../../../native-models/runtime/loadPackage.ts';
import { answerBy } from './answer.ts';
import { type CodecThread, createCodec } from './codec/codec.ts';
import { createHandlers } from './handlers.ts';
import { createHost } from './host.ts';
import { createPackageStore } from './packages/packageStore.ts';
import type { HostPort } from './ports.ts';
import { serve, type Serving } from './serve.ts';

const MINUTE = 60_000; // ms

/** How long what nobody uses is kept in memory, and how long a codec may say nothing, ms. */
export const TIMES = { packages: 10 * MINUTE, codec: { idle: MINUTE, hung: 5 * MINUTE } };

/**
 * Answers EngineApi, without what the keeper answers, on every port that main hands over.
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
  );
  return serve(main, host, answerBy(createHandlers({ host, codec, packages })));
}
