import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { writePicture } from '../electron/io/writePicture.ts';
import { opencvFillers } from './quality/baselines/opencv.ts';
import { readCases } from './removal/cases.ts';
import { type Method, gmicMethod, tesseraMethod } from './removal/methods.ts';
import { judge, keyOf, writeKey } from './removal/judge.ts';
import { measured, rowsOf } from './removal/measures.ts';
import { drawSheet } from './removal/sheet.ts';
import { report } from './report.ts';
import { readyPackage } from './support.ts';

/**
 * Removals side by side: for each NAME.jpg with a NAME.mask.png in `--pictures FOLDER`, what Tessera, Tessera with
 * `--texture 0`, OpenCV's two methods and, where it is installed, G'MIC make of it. Prints a table, and writes with `--sheet FILE`
 * a picture for blind looks, with the fills of a row in random order and their names in FILE.key.json. `--only A,B` takes some of
 * the names, `--every N` and `--from K` each Nth. `--judge FILE` asks for the best of each row of such a sheet and prints the tally.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pictures: { type: 'string' },
      only: { type: 'string' },
      every: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      sheet: { type: 'string' },
      judge: { type: 'string' },
      package: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (values.judge !== undefined) return judge(values.judge, process.stdin, process.stdout);
  if (values.pictures === undefined) {
    process.stderr.write('say where the pictures are: npm run bench -- removal --pictures FOLDER\n');
    return 2;
  }
  const only = values.only?.split(',');
  const cases = (await readCases(values.pictures))
    .filter(({ name }) => only?.includes(name) ?? true)
    .filter((_, i) => i % Number(values.every) === Number(values.from));
  const model = await readyPackage(root, values.package);
  const opencv = await opencvFillers();
  const gmic = gmicMethod();
  const methods: Method[] = [
    tesseraMethod('Tessera', model),
    tesseraMethod('Tessera, texture 0', model, 0),
    { name: 'OpenCV, Telea', fill: opencv.telea },
    { name: 'OpenCV, Navier-Stokes', fill: opencv.navierStokes },
    ...(gmic ? [gmic] : []),
  ];
  const results = [];
  for (const each of cases) {
    results.push(await measured(each, methods));
    process.stderr.write(`${each.name}\n`);
  }
  await model.dispose();
  if (values.sheet !== undefined) {
    const key = keyOf(results, Number(values.seed ?? randomInt(2 ** 32)));
    await writePicture(values.sheet, drawSheet(results, key));
    writeKey(values.sheet, key);
  }
  const note = gmic
    ? undefined
    : "G'MIC is not installed (apt-get install gmic), so it is not compared with.";
  report('removal', rowsOf(results), values.out, note);
  return 0;
}
