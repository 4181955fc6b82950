import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServerId } from '../../../core/contract/packageApi.ts';
import { now } from '../../../core/base/host.ts';
import type { Denoiser } from '../../../core/model/denoiser.ts';
import { MASK } from '../../../core/tokens/grid.ts';
import type { LoadedParts } from '../../../native-models/runtime/loadPackage.ts';
import { atomicWrite } from '../../io/files/atomicWrite.ts';

/** How long one pass of the denoiser over a whole window takes here: measured once for each package and provider. */
export interface PassTimes {
  /** Of a package on the provider that it ran on last, ms; null where that was never measured. */
  known(of: Measured): Promise<number | null>;
  /** Measures a loaded package, unless that was done. */
  measure(of: Measured, model: LoadedParts): Promise<void>;
}

/** What times are kept for: a package, and the server where one runs it. */
export interface Measured {
  readonly sha256: string;
  readonly server: ServerId | null;
}

const NAME = 'pass-times.json';

const kept = z.record(z.string(), z.object({ provider: z.string(), ms: z.number().positive() }));

/** @param folder where they are kept between sessions; null for nowhere */
export function createPassTimes(folder: () => string | null): PassTimes {
  let times: Promise<z.infer<typeof kept>> | null = null;
  const all = (): Promise<z.infer<typeof kept>> => (times ??= read(folder()));
  return {
    known: async (of) => (await all())[keyOf(of)]?.ms ?? null,
    async measure(of, { provider, denoiser }) {
      if (!denoiser) return;
      const key = keyOf(of);
      const known = await all();
      if (known[key]?.provider === provider) return;
      known[key] = { provider, ms: await timeOf(denoiser) };
      const place = folder();
      if (place !== null) await keep(place, known);
    },
  };
}

function keyOf({ sha256, server }: Measured): string {
  return server === null ? sha256 : `${sha256}@${server}`;
}

async function timeOf({ window, predict }: Denoiser): Promise<number> {
  const cells = window.max * window.max;
  const tokens = new Int32Array(cells).fill(MASK);
  const whole = {
    batch: 1,
    width: window.max,
    height: window.max,
    tokens,
    select: Int32Array.from(tokens.keys()),
  };
  const once = async (): Promise<number> => {
    const started = now();
    await predict(whole);
    return Math.max(1, now() - started);
  };
  const first = await once();
  return first < QUICK ? Math.min(first, await once()) : first; // of quick ones the first is slower than the rest
}

const QUICK = 1000; // ms

async function read(folder: string | null): Promise<z.infer<typeof kept>> {
  if (folder === null) return {};
  try {
    return kept.parse(JSON.parse(await readFile(join(folder, NAME), 'utf8')));
  } catch {
    return {}; // whatever is wrong with the file, a pass can be measured again
  }
}

async function keep(folder: string, times: z.infer<typeof kept>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await atomicWrite(join(folder, NAME), Buffer.from(JSON.stringify(times)));
  } catch {
    // A disk that is full costs a pass at the next start, and nothing else.
  }
}
