import { fillPicture } from '../electron/engine/fillPicture.ts';
import { benchOptions, report, round, type Row, type Times, measure } from './report.ts';
import { balancedJob, readyPackage, rectangle, samplePicture } from './support.ts';

/** The three sizes of photographs, and one hole for all of them. */
const SIZES = [
  { name: '1 MP', width: 1224, height: 816 },
  { name: '6 MP', width: 3000, height: 2000 },
  { name: '24 MP', width: 6000, height: 4000 },
];
const HOLE = 85; // px: with its context one window at 1:1, so that every picture asks for the same work

/** What the same hole costs in pictures of three sizes, file decoding apart: at most 1.2 times from 1 to 24 MP. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const model = await readyPackage(root, options.package);
  const rows: Row[] = [];
  let first: Times | undefined;
  for (const { name, width, height } of SIZES) {
    const picture = await samplePicture(root, width, height);
    const selection = rectangle(picture, { x: width >> 1, y: height >> 1, width: HOLE, height: HOLE });
    const times = await measure(options.runs, async () => {
      await fillPicture(model, balancedJob(picture, selection));
    });
    first ??= times;
    rows.push({
      picture: name,
      'fill ms': times.median,
      'least ms': times.min,
      'times 1 MP': round(times.median / first.median),
      'RSS MiB': Math.round(process.memoryUsage().rss / 2 ** 20),
    });
  }
  await model.dispose();
  report('scale', rows, options.out);
  return 0;
}
