import type { Denoiser } from '../core/model/denoiser.ts';
import { fillTokens } from '../core/fill/fillTokens.ts';
import { PRESETS } from '../core/sampling/presets.ts';
import { createGrid } from '../core/tokens/grid.ts';
import { benchOptions, report, type Row, summarise } from './report.ts';
import { readyPackage } from './support.ts';

const SHARES = [0.05, 0.25, 0.6];

/** The share of a fill's wall time that is spent outside `predict`: at most 5 %. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const model = await readyPackage(root, options.package);
  let inside = 0;
  const denoiser: Denoiser = {
    ...model.denoiser,
    async predict(windows, signal) {
      const started = performance.now();
      const logits = await model.denoiser.predict(windows, signal);
      inside += performance.now() - started;
      return logits;
    },
  };
  const rows: Row[] = [];
  for (const side of [16, 32]) {
    for (const share of SHARES) {
      const shares: number[] = [];
      const totals: number[] = [];
      for (let run = 0; run <= options.runs; run++) {
        inside = 0;
        const started = performance.now();
        await fillTokens(
          { ...model, denoiser },
          { grid: gridWithHole(side, share), sampling: PRESETS.balanced, seed: run, candidates: 1 },
        );
        const total = performance.now() - started;
        if (run === 0) continue; // warms up
        totals.push(total);
        shares.push((100 * (total - inside)) / total);
      }
      const { min, median, max } = summarise(shares);
      rows.push({
        grid: `${side} x ${side}`,
        hole: `${Math.round(share * 100)} %`,
        'total ms': summarise(totals).median,
        'outside predict %': median,
        'least %': min,
        'worst %': max,
      });
    }
  }
  await model.dispose();
  report('sampler', rows, options.out);
  return 0;
}

/** A grid whose known tokens follow a fixed pattern, with a hole in its middle rows. */
function gridWithHole(side: number, share: number) {
  const grid = createGrid(
    side,
    side,
    Array.from({ length: side * side }, (_, i) => (i * 37) % 512),
  );
  const hole = Math.round(share * side * side);
  grid.ids.fill(-1, (side * side - hole) >> 1, (side * side + hole) >> 1);
  return grid;
}
