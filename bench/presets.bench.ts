import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRESETS, type Preset } from '../core/sampling/presets.ts';
import { embeddedPackages } from '../native-models/runtime/findPackages.ts';
import { cropsOf } from './quality/crops.ts';
import { featureNetwork } from './quality/features/network.ts';
import { packageFiller } from './quality/filler.ts';
import { measureFills } from './quality/fills.ts';
import { type MaskName, MASKS } from './quality/masks.ts';
import { markdown, type Section, sectionsJson } from './quality/table.ts';
import { report, type Row } from './report.ts';
import { readyPackage } from './support.ts';

const GRIDS = [
  'order=halton steps=12 temperature=0.3,0.5,0.7,0.9',
  'order=halton steps=4,6,8,24 temperature=0.7',
  'order=halton steps=24 temperature=0.9',
  'order=halton steps=12 temperature=0.7 schedule=linear,arccos',
  'order=halton steps=12,24 temperature=0.9 topP=0.8',
  'order=confidence steps=12 temperature=0.4,0.8 gumbel=3',
  'order=purity,random steps=12 temperature=0.7',
];

/**
 * Every combination of a grid of sampling settings, on the standard masks and the pictures of a folder that the package
 * was not trained on: `--grid "steps=8,12 temperature=0.4,0.9"` (may be given several times), `--masks stroke,centre`,
 * `--pictures FOLDER` with `--about TEXT` saying which they are, `--commit` to keep the table beside the embedded package.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pictures: { type: 'string' },
      about: { type: 'string' },
      package: { type: 'string' },
      grid: { type: 'string', multiple: true, default: GRIDS },
      masks: { type: 'string', default: 'stroke,centre' },
      out: { type: 'string' },
      commit: { type: 'boolean', default: false },
    },
  });
  const model = await readyPackage(root, values.package);
  const features = await featureNetwork(root);
  const crops = await cropsOf(values.pictures ?? path.join(root, 'assets/samples'));
  const about = `${crops.length} crops of 256 px: ${values.about ?? 'the sample pictures'}.`;
  const rows = new Map<MaskName, Row[]>(masksNamed(values.masks).map((name) => [name, []]));
  for (const settings of values.grid.flatMap(combinations)) {
    const preset = { ...PRESETS.balanced, ...settings };
    const fill = packageFiller(model, preset);
    for (const [name, mine] of rows) {
      const { row } = await measureFills(fill, crops, MASKS[name], features);
      mine.push({ ...describe(preset), ...row });
      process.stderr.write(`${name} ${JSON.stringify(mine.at(-1))}\n`);
    }
  }
  await model.dispose();
  const sections: Section[] = [...rows].map(([name, mine]) => ({ title: `Mask: ${name}`, rows: mine }));
  if (values.commit) {
    const { id, name, version } = model.manifest;
    const folder = path.join(embeddedPackages(root), id);
    writeFileSync(path.join(folder, 'presets.json'), sectionsJson('presets', sections, about));
    writeFileSync(
      path.join(folder, 'presets.md'),
      markdown(`${name} ${version}: settings of the sampler`, about, sections),
    );
  }
  const flat = [...rows].flatMap(([mask, mine]) => mine.map((row) => ({ mask, ...row })));
  report('presets', flat, values.out, about);
  return 0;
}

function masksNamed(list: string): MaskName[] {
  return list.split(',').map((name) => {
    if (isMask(name)) return name;
    throw new Error(`There is no mask ${name}; there are ${Object.keys(MASKS).join(', ')}.`);
  });
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

/** Every setting of a row, also those that its grid did not name: rows that look alike must be alike. */
function describe({ order, schedule, steps, temperature, gumbel, filters }: Preset): Row {
  const filter = Object.entries(filters).map(([name, value]) => `${name} ${value}`);
  return { order, schedule, steps, temperature, gumbel, filter: filter.join(', ') || 'none' };
}
