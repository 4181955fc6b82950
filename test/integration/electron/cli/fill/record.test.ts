import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentOf } from '../../../../../core/document/document.ts';
import { fillFrames } from '../../../../../core/fill/fillFrames.ts';
import { frameOptions, paramsFor, planFills } from '../../../../../core/fill/planFills.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { recordFromXmp } from '../../../../../electron/io/metadata/xmp.ts';
import { writeMask } from '../../../../../electron/io/masks.ts';
import { writePicture } from '../../../../../electron/io/writePicture.ts';
import { fillRecord } from '../../../../../renderer/commands/fill/made.ts';
import { boxes, loadTiny, pattern } from '../../../core/fill/support.ts';
import { report, ROOT, workspace } from '../support.ts';

const space = workspace();
const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string };

test('the command line writes the record that the window writes, and the same pixels', async () => {
  const picture = pattern(120, 96);
  const selection = boxes(120, 96, [40, 30, 33, 29]);
  await writePicture(space.at('photo.png'), picture);
  await writeMask(space.at('mask.png'), selection);
  const options = [
    '--steps',
    '3',
    '--temperature',
    '1.2',
    '--top-k',
    '5',
    '--seed',
    '9',
    '--candidates',
    '2',
  ];
  const composite = ['--feather', '4', '--detail', '0.5', '--texture', '0.9', '--scale', '1'];
  const files = [space.at('photo.png'), '--mask', space.at('mask.png'), '--out', space.at('filled.png')];
  expect(await report('fill', ...files, ...options, ...composite)).toMatchObject({ ok: true });

  const model = await loadTiny();
  try {
    const changes = { steps: 3, temperature: 1.2, filters: { ...PRESETS.balanced.filters, topK: 5 } };
    const settings = {
      preset: 'balanced',
      changes,
      candidates: 2,
      scale: 1,
      feather: 4,
      detail: 0.5,
      texture: 0.9,
      prompt: null,
      strength: null,
      usual: null,
    } as const;
    const document = documentOf(picture, selection);
    const { downsample, minSize } = model.tokenizer;
    const limits = { downsample, minSize, window: model.denoiser.window };
    const plans = planFills(document, frameOptions(limits, settings.scale));
    const params = paramsFor(document, plans, { ...settings, package: model.id, seed: 9 });
    const outcome = await fillFrames(model, params);
    const info = { id: model.id, version: model.manifest.version };
    const order = { ...document, ...settings, plans, package: info, kept: [] };
    const made = { sent: params, outcome, duration: 1, version };
    for (const [place, candidate] of outcome.ranking.entries()) {
      const read = await readPicture(space.at(`filled-${place + 1}.png`));
      const record = recordFromXmp(new TextDecoder().decode(read.metadata.xmp));
      const run = { order, seed: 9 } as unknown as Parameters<typeof fillRecord>[0];
      expect(record).toEqual(fillRecord(run, made, candidate));
      expect(record?.settings).toEqual({
        steps: 3,
        temperature: 1.2,
        topK: 5,
        feather: 4,
        detail: 0.5,
        texture: 0.9,
        scale: 1,
      });
      const [{ rect, data }] = outcome.candidates[candidate]!.patches as [
        (typeof outcome.candidates)[number]['patches'][number],
      ];
      for (let y = 0; y < rect.height; y++) {
        const at = 4 * ((rect.y + y) * picture.width + rect.x);
        const row = read.picture.data.subarray(at, at + 4 * rect.width);
        expect(Buffer.compare(row, data.subarray(4 * y * rect.width, 4 * (y + 1) * rect.width))).toBe(0);
      }
    }
  } finally {
    await model.dispose();
  }
});
