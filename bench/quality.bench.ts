import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Picture } from '../core/pixels/picture.ts';
import { PRESETS, type PresetName } from '../core/sampling/presets.ts';
import { writePicture } from '../electron/io/writePicture.ts';
import { embeddedPackages } from '../native-models/runtime/findPackages.ts';
import type { LoadedPackage } from '../native-models/runtime/loadPackage.ts';
import { opencvFillers } from './quality/baselines/opencv.ts';
import { patchMatchFill } from './quality/baselines/patchMatch.ts';
import { cropsOf } from './quality/crops.ts';
import { type FeatureNetwork, featureNetwork } from './quality/features/network.ts';
import { type Filler, packageFiller } from './quality/filler.ts';
import { measureFills } from './quality/fills.ts';
import { type MaskName, MASKS } from './quality/masks.ts';
import { sheet, withHoleShown } from './quality/sheet.ts';
import { markdown, type Section, sectionsJson } from './quality/table.ts';
import { measureTokenizer } from './quality/tokenizer.ts';
import { bitsPerToken } from './quality/tokenBits.ts';
import { unigramBitsOf } from './quality/unigram.ts';
import { printTable, round } from './report.ts';
import { readyPackage } from './support.ts';

const MASKED = [0.1, 0.25, 0.5, 0.75, 0.95];
const SHEET_ROWS = 12;

/**
 * How good a package is, on the pictures of a folder that it was not trained on: tokenizer, denoiser, and fills beside
 * three baselines. `--pictures FOLDER` with `--about TEXT` saying which they are, `--sheet FILE` for a contact sheet,
 * `--commit` to keep table and sheet beside the embedded package.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pictures: { type: 'string' },
      about: { type: 'string' },
      package: { type: 'string' },
      out: { type: 'string' },
      sheet: { type: 'string' },
      commit: { type: 'boolean', default: false },
    },
  });
  const model = await readyPackage(root, values.package);
  const features = await featureNetwork(root);
  const crops = await cropsOf(values.pictures ?? path.join(root, 'assets/samples'));
  const about = `${crops.length} crops of 256 px: ${values.about ?? 'the sample pictures'}.`;

  const sections = await tokenizerAndDenoiser(model, crops, features);
  const { fills, pictures } = await fillsOf(model, crops, features);
  sections.push(...fills, await presets(model, crops, features));
  for (const { rows } of sections) printTable(rows);

  const json = sectionsJson('quality', sections, about);
  const drawn = sheet(sheetRows(crops, pictures));
  const folder = path.join(embeddedPackages(root), model.id);
  const { name, version } = model.manifest;
  if (values.commit) {
    writeFileSync(path.join(folder, 'quality.json'), json);
    writeFileSync(path.join(folder, 'quality.md'), markdown(`${name} ${version}, measured`, about, sections));
    await writePicture(path.join(folder, 'quality.jpg'), drawn, { quality: 85 });
  }
  if (values.sheet) await writePicture(values.sheet, drawn);
  if (values.out) writeFileSync(values.out, json);
  else if (!values.commit) process.stdout.write(json);
  await model.dispose();
  return 0;
}

async function tokenizerAndDenoiser(
  model: LoadedPackage,
  crops: readonly Picture[],
  features: FeatureNetwork,
): Promise<Section[]> {
  const { row, grids, unigramBits } = await measureTokenizer(model, crops, features);
  const { bits, source } = unigramBitsOf(model.manifest, unigramBits);
  const rows = [];
  for (const masked of MASKED) {
    const cost = await bitsPerToken(model.denoiser, grids, masked, 1);
    rows.push({
      masked: `${100 * masked} %`,
      'bits per token': round(cost),
      'by frequency alone': round(bits),
      ratio: round(cost / bits),
    });
  }
  return [
    { title: 'Tokenizer', rows: [row] },
    { title: 'Denoiser', rows, note: `Bits by frequency alone: the unigram entropy of ${source}.` },
  ];
}

/** Every standard mask, filled by the package (Balanced) and by the baselines. */
async function fillsOf(
  model: LoadedPackage,
  crops: readonly Picture[],
  features: FeatureNetwork,
): Promise<{ fills: Section[]; pictures: Map<MaskName, Picture[][]> }> {
  const { telea, navierStokes } = await opencvFillers();
  const fillers: Record<string, Filler> = {
    'Tessera, Balanced': packageFiller(model, PRESETS.balanced),
    'Telea 2004': telea,
    'Navier-Stokes 2001': navierStokes,
    'PatchMatch 2009': patchMatchFill,
  };
  const fills: Section[] = [];
  const pictures = new Map<MaskName, Picture[][]>();
  for (const mask of Object.keys(MASKS) as MaskName[]) {
    const rows = [];
    const filled = [];
    for (const [by, fill] of Object.entries(fillers)) {
      const result = await measureFills(fill, crops, MASKS[mask], features);
      rows.push({ 'filled by': by, ...result.row });
      filled.push(result.filled);
    }
    fills.push({ title: `Fills, mask: ${mask}`, rows });
    pictures.set(mask, filled);
  }
  return { fills, pictures };
}

async function presets(
  model: LoadedPackage,
  crops: readonly Picture[],
  features: FeatureNetwork,
): Promise<Section> {
  const rows = [];
  for (const preset of Object.keys(PRESETS) as PresetName[]) {
    const fill = packageFiller(model, PRESETS[preset]);
    rows.push({ preset, ...(await measureFills(fill, crops, MASKS.centre, features)).row });
  }
  return { title: 'Presets, mask: centre', rows };
}

/** One crop a row, the masks taking turns: truth, hole, then the fills in the order of the tables. */
function sheetRows(crops: readonly Picture[], pictures: ReadonlyMap<MaskName, Picture[][]>): Picture[][] {
  const names = [...pictures.keys()];
  const count = Math.min(SHEET_ROWS, crops.length);
  return Array.from({ length: count }, (_, row) => {
    const crop = Math.floor((row * crops.length) / count);
    const name = names[row % names.length]!;
    const truth = crops[crop]!;
    return [truth, withHoleShown(truth, MASKS[name]), ...pictures.get(name)!.map((filled) => filled[crop]!)];
  });
}
