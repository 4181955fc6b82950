import { type Document, documentOf } from '../core/document/document.ts';
import { fillDocument } from '../core/document/fillDocument.ts';
import { DEFAULT_SETTINGS } from '../core/fill/settings.ts';
import { benchOptions, report, round, summarise } from './report.ts';
import { readyPackage, rectangle, samplePicture } from './support.ts';

/** The three sizes of photographs, and one hole for all of them. */
const SIZES = [
  { name: '1 MP', width: 1224, height: 816 },
  { name: '6 MP', width: 3000, height: 2000 },
  { name: '24 MP', width: 6000, height: 4000 },
];
const SETTINGS = { ...DEFAULT_SETTINGS, seed: 1 };
const HOLE = 85; // px: with its context one window at 1:1, so that every picture asks for the same work

/** One of the sizes. */
interface Case {
  readonly name: string;
  readonly document: Document;
  readonly resident: number; // MiB, after the first fill
  readonly samples: number[]; // ms
}

/** What the same hole costs in pictures of three sizes, opening apart: at most 1.2 times from 1 to 24 MP. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const model = await readyPackage(root, options.package);
  const cases: Case[] = [];
  for (const { name, width, height } of SIZES) {
    const picture = await samplePicture(root, width, height);
    const hole = { x: width >> 1, y: height >> 1, width: HOLE, height: HOLE };
    const document = documentOf(picture, rectangle(picture, hole));
    await fillDocument(model, document, SETTINGS); // warms up
    cases.push({ name, document, resident: process.memoryUsage().rss / 2 ** 20, samples: [] });
  }
  // In rounds: a machine that has other work slows down all sizes alike.
  for (let run = 0; run < options.runs; run++) {
    for (const { document, samples } of cases) {
      const started = performance.now();
      await fillDocument(model, document, SETTINGS);
      samples.push(performance.now() - started);
    }
  }
  await model.dispose();

  const first = summarise(cases[0]!.samples);
  const rows = cases.map(({ name, resident, samples }) => {
    const times = summarise(samples);
    return {
      picture: name,
      'fill ms': times.median,
      'least ms': times.min,
      'times 1 MP': round(times.median / first.median),
      'least times 1 MP': round(times.min / first.min),
      'RSS MiB': Math.round(resident),
    };
  });
  report('scale', rows, options.out);
  return 0;
}
