import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Swatches } from '../../../core/paint/swatches.ts';
import { readSwatches, type SwatchShape, writeSwatches } from '../../io/swatchFiles.ts';
import { drawSwatches, SWATCH_FIELD } from '../../../core/paint/swatches.ts';
import type { Call } from '../handler.ts';
import type { PackageStore } from './packageStore.ts';

/** What the codes of packages look like: drawn once, then kept in memory and on disk. */
export interface SwatchStore {
  /** @throws TesseraError 'package' for one that there is none of, and 'aborted' */
  of(ref: string, call: Call<{ readonly done: number }>): Promise<Swatches>;
}

/** @param folder where they are kept between sessions; null for nowhere */
export function createSwatchStore(packages: PackageStore, folder: () => string | null): SwatchStore {
  const drawn = new Map<string, Swatches>(); // by the sha256 of the package

  async function draw(
    ref: string,
    shape: SwatchShape,
    call: Call<{ readonly done: number }>,
  ): Promise<Swatches> {
    const swatches = await packages.use(ref, call.signal, ({ tokenizer }) =>
      drawSwatches(tokenizer, {
        signal: call.signal,
        onSwatch(done) {
          if (done % TELL_EVERY === 0) call.progress({ done: done / tokenizer.codes });
        },
      }),
    );
    const place = folder();
    if (place !== null) {
      // A disk that is full or not to be written costs time at the next start, and nothing else.
      await writeSwatches(place, shape, swatches).catch((error: unknown) => {
        if (!(error instanceof TesseraError)) throw error;
      });
    }
    return swatches;
  }

  return {
    async of(ref, call) {
      const info =
        (await packages.list()).find((listed) => listed.ref === ref) ??
        (await packages.load(ref, call.signal));
      const shape = shapeOf(info);
      const place = folder();
      const swatches =
        drawn.get(shape.sha256) ??
        (place === null ? null : await readSwatches(place, shape)) ??
        (await draw(ref, shape, call));
      drawn.set(shape.sha256, swatches);
      return { ...swatches, pixels: swatches.pixels.slice() }; // the caller's own
    },
  };
}

/** Swatches between two messages about how far it is. */
const TELL_EVERY = 16;

function shapeOf({ sha256, codes, downsample }: PackageInfo): SwatchShape {
  return { sha256, codes, side: SWATCH_FIELD * downsample, field: SWATCH_FIELD };
}
