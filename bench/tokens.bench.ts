import path from 'node:path';
import type { TokensToPaint } from '../core/paint/requests.ts';
import { regionOfCells } from '../core/frames/regionFor.ts';
import { crop } from '../core/pixels/crop.ts';
import type { Picture } from '../core/pixels/picture.ts';
import { fullRect } from '../core/base/geometry.ts';
import { likelihoods } from '../core/sampling/likelihoods.ts';
import type { TokenGrid } from '../core/tokens/grid.ts';
import { encodePicture, type EncodedPicture } from '../core/paint/codec.ts';
import { paintTokens, suggestTokens } from '../core/paint/painter.ts';
import { embeddedPackages } from '../native-models/runtime/findPackages.ts';
import type { LoadedPackage } from '../native-models/runtime/loadPackage.ts';
import { graphicsNote } from './editor/memory.ts';
import { startAndOpen } from './editor/start.ts';
import { measureTokens } from './editor/tokens.ts';
import { benchOptions, percentile, report, round, type Row } from './report.ts';
import { readyPackage, samplePicture } from './support.ts';
import { measureSwatches } from './tokens/swatches.ts';

const FRAME = 32; // tokens per side of the frame that is painted on
const SIDES = [1, 3, 9]; // tokens across a dab
const SUGGESTIONS = 16;
const SHORT = 10; // as many runs of what is quick as `--runs` says of what is slow

/**
 * What work with tokens costs: in the engine from a dab to its pixels, suggestions, heat maps, the swatches of a package;
 * in the window the tokens over the picture.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const model = await readyPackage(root, options.package);
  const picture = await samplePicture(
    root,
    FRAME * model.tokenizer.downsample,
    FRAME * model.tokenizer.downsample,
  );
  const encoded = await encodePicture(model.tokenizer, picture);
  const quick = SHORT * options.runs;

  const rows: Row[] = [];
  for (const side of SIDES) {
    const name = side === 1 ? 'dab of 1 token' : `dab of ${side} x ${side} tokens`;
    rows.push(await row(name, quick, (run) => dab(model, picture, encoded, side, run)));
  }
  const { frame, grid } = encoded;
  const seen = { frame, region: fullRect(picture), picture: picture.data };
  rows.push(
    await row(`${SUGGESTIONS} suggestions for 1 token`, quick, async (run) => {
      const cells = [cellAt(grid, run, 1)];
      await suggestTokens(model, { ...seen, grid, hole: [], cells, count: SUGGESTIONS });
    }),
  );
  for (const tokens of [32, 64]) {
    const side = tokens * model.tokenizer.downsample;
    const { grid: whole } = await encodePicture(model.tokenizer, await samplePicture(root, side, side));
    rows.push(
      await row(`heat map of ${tokens} x ${tokens}`, options.runs, async () => {
        await likelihoods(whole, model.denoiser);
      }),
    );
  }
  await model.dispose();
  const folders = options.package === undefined ? [embeddedPackages(root)] : [path.dirname(options.package)];
  for (const [name, samples] of Object.entries(await measureSwatches(folders, model.id))) {
    rows.push(rowOf(name, samples));
  }
  const { overlay, note } = await measureOverlay();
  for (const [what, samples] of overlay) rows.push(rowOf(what, samples));
  report(
    'tokens',
    rows,
    options.out,
    `Dabs, suggestions, maps and swatches in the engine, without the way to it from the window and back. ${note}`,
  );
  return 0;
}

/** The tokens over the picture, in the window. */
async function measureOverlay(): Promise<{
  overlay: Awaited<ReturnType<typeof measureTokens>>;
  note: string;
}> {
  const { tessera } = await startAndOpen(1);
  try {
    return { overlay: await measureTokens(tessera.app, tessera.page), note: await graphicsNote(tessera.app) };
  } finally {
    await tessera.end();
  }
}

/** One dab, as a window asks for it: with the surroundings of its cells. */
async function dab(
  { tokenizer }: LoadedPackage,
  picture: Picture,
  { frame, grid }: EncodedPicture,
  side: number,
  run: number,
): Promise<void> {
  const first = cellAt(grid, run, side);
  const cells = Array.from(
    { length: side * side },
    (_, i) => first + Math.floor(i / side) * grid.width + (i % side),
  );
  const ids = grid.ids.slice();
  for (const cell of cells) ids[cell] = (run * 37) % tokenizer.codes;
  const region = regionOfCells(frame, cells, fullRect(picture));
  const params: Omit<TokensToPaint, 'package'> = {
    frame,
    region,
    picture: crop(picture, region).data,
    before: grid,
    after: { ...grid, ids },
    cells,
  };
  await paintTokens(tokenizer, params);
}

/** A place for a dab that moves on from run to run, mostly far from the border of the grid: there it costs the most. */
function cellAt({ width, height }: TokenGrid, run: number, side: number): number {
  const column = 8 + ((run * 5) % Math.max(1, width - 16 - side));
  const line = 8 + ((run * 3) % Math.max(1, height - 16 - side));
  return line * width + column;
}

async function row(what: string, runs: number, work: (run: number) => Promise<void>): Promise<Row> {
  await work(0);
  const samples: number[] = [];
  for (let run = 1; run <= runs; run++) {
    const started = performance.now();
    await work(run);
    samples.push(performance.now() - started);
  }
  return rowOf(what, samples);
}

function rowOf(what: string, samples: readonly number[]): Row {
  return {
    what,
    runs: samples.length,
    'least ms': round(percentile(samples, 0)),
    'p50 ms': round(percentile(samples, 0.5)),
    'p95 ms': round(percentile(samples, 0.95)),
  };
}
