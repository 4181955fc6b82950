import { FILL_PHASES, type FillPhase } from '../core/fill/params.ts';
import { benchOptions, report, type Row, summarise } from './report.ts';
import {
  fillPicture,
  balancedJob,
  centredSquare,
  readyPackage,
  rectangle,
  samplePicture,
} from './support.ts';

const SHARES = [0.05, 0.25, 0.6];
const CANDIDATES = [1, 4];

/** Latency of a Balanced fill of a 256 px frame by phase, for holes of three sizes. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const model = await readyPackage(root, options.package);
  const picture = await samplePicture(root, 256, 256);
  const rows: Row[] = [];
  for (const share of SHARES) {
    const selection = rectangle(picture, centredSquare(picture, share));
    for (const candidates of CANDIDATES) {
      const job = { ...balancedJob(picture, selection, candidates), scale: 1 };
      const totals: number[] = [];
      const phases: Record<FillPhase, number[]> = {
        encode: [],
        steps: [],
        decode: [],
        composite: [],
        synthesis: [],
        ranking: [],
        previews: [],
      };
      await fillPicture(model, job);
      for (let run = 0; run < options.runs; run++) {
        const started = performance.now();
        const { timings } = await fillPicture(model, job);
        totals.push(performance.now() - started);
        for (const phase of FILL_PHASES) phases[phase].push(timings[phase]);
      }
      rows.push({
        hole: `${Math.round(share * 100)} %`,
        candidates,
        ...Object.fromEntries(FILL_PHASES.map((phase) => [`${phase} ms`, summarise(phases[phase]).median])),
        'total ms': summarise(totals).median,
        'worst ms': summarise(totals).max,
      });
    }
  }
  await model.dispose();
  report('fill', rows, options.out);
  return 0;
}
