import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRESETS, type Preset } from '../core/sampling/presets.ts';
import { cropsOf } from './quality/crops.ts';
import { measureFills } from './quality/fills.ts';
import { type MaskName, MASKS } from './quality/masks.ts';
import { report, type Row } from './report.ts';
import { readyPackage } from './support.ts';

const GRID = 'steps=6,12,24 temperature=0.4,0.6,0.8,1 gumbel=1.5,3';

/**
 * Every combination of a grid of sampling settings, on the standard masks and the pictures of a folder that the package
 * was not trained on: `--grid "steps=8,12 temperature=0.4,0.9"`, `--masks stroke,centre`, `--pictures FOLDER`.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pictures: { type: 'string' },
      package: { type: 'string' },
      grid: { type: 'string', default: GRID },
      masks: { type: 'string', default: 'stroke,centre' },
      out: { type: 'string' },
    },
  });
  const model = await readyPackage(root, values.package);
  const crops = await cropsOf(values.pictures ?? path.join(root, 'assets/samples'));
  const rows: Row[] = [];
  for (const settings of combinations(values.grid)) {
    for (const name of values.masks.split(',')) {
      if (!isMask(name))
        throw new Error(`There is no mask ${name}; there are ${Object.keys(MASKS).join(', ')}.`);
      const figures = await measureFills(model, crops, MASKS[name], { ...PRESETS.balanced, ...settings });
      rows.push({ ...describe(settings), mask: name, ...figures });
      process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
    }
  }
  await model.dispose();
  report('presets', rows, values.out);
  return 0;
}

/** 'a=1,2 b=3' as { a: 1, b: 3 } and { a: 2, b: 3 }; topK, topP and truncation are filters. */
function combinations(grid: string): Partial<Preset>[] {
  let all: Record<string, string | number>[] = [{}];
  for (const axis of grid.trim().split(/\s+/)) {
    const [key = '', list = ''] = axis.split('=');
    const choices = list.split(',').map((value) => (Number.isNaN(Number(value)) ? value : Number(value)));
    all = all.flatMap((one) => choices.map((value) => ({ ...one, [key]: value })));
  }
  return all.map(({ topK, topP, truncation, ...rest }) => {
    const filters = Object.entries({ topK, topP, truncation }).filter(([, value]) => value !== undefined);
    return { ...rest, ...(filters.length > 0 && { filters: Object.fromEntries(filters) }) };
  });
}

function isMask(name: string): name is MaskName {
  return name in MASKS;
}

function describe(settings: Partial<Preset>): Row {
  const { filters, ...rest } = settings;
  return { ...(rest as Row), ...(filters as Row | undefined) };
}
