import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPicture } from '../electron/io/readPicture.ts';
import { type ObjectStroke, selectObject } from '../core/selection/object/selectObject.ts';
import { click, correction, maskOf, overlap, stroke } from './object/hand.ts';
import { benchOptions, report, type Row, summarise } from './report.ts';

const CORRECTIONS = 3;

/**
 * How well the object tool finds objects that were drawn around by hand (object/outlines.json; the photographs are in
 * ../shared/removal): intersection over union after one click, after one stroke, and after three corrections of the
 * stroke, made where the selection is most wrong; and how much time of the processor each takes.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const options = benchOptions(args);
  const folder = path.join(root, '..', 'shared', 'removal');
  const outlines = JSON.parse(
    readFileSync(path.join(root, 'bench', 'object', 'outlines.json'), 'utf8'),
  ) as Record<string, [number, number][]>;
  const rows: Row[] = [];
  const times: Record<'click' | 'stroke' | 'correction', number[]> = {
    click: [],
    stroke: [],
    correction: [],
  };
  const found: Record<keyof typeof times, number[]> = { click: [], stroke: [], correction: [] };
  for (const [name, outline] of Object.entries(outlines)) {
    const { picture } = await readPicture(path.join(folder, `${name}.jpg`));
    const truth = maskOf(outline, picture);
    const timed = (kind: keyof typeof times, strokes: readonly ObjectStroke[], before?: typeof truth) => {
      const started = process.cpuUsage();
      const mask = selectObject(picture, strokes, before);
      times[kind].push(process.cpuUsage(started).user / 1000);
      return mask;
    };
    const clicked = timed('click', [click(truth)]);
    const strokes = [stroke(truth)];
    let mask = timed('stroke', strokes);
    const stroked = overlap(truth, mask);
    for (let i = 0; i < CORRECTIONS; i++) {
      strokes.push(correction(truth, mask));
      mask = timed('correction', strokes, mask);
    }
    found.click.push(overlap(truth, clicked));
    found.stroke.push(stroked);
    found.correction.push(overlap(truth, mask));
    rows.push({
      object: name,
      click: found.click.at(-1)!,
      stroke: stroked,
      'three corrections': found.correction.at(-1)!,
    });
  }
  rows.push({
    object: 'mean',
    click: mean(found.click),
    stroke: mean(found.stroke),
    'three corrections': mean(found.correction),
  });
  rows.push({
    object: 'ms, median',
    click: summarise(times.click).median,
    stroke: summarise(times.stroke).median,
    'three corrections': summarise(times.correction).median,
  });
  report('object', rows, options.out);
  return 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
