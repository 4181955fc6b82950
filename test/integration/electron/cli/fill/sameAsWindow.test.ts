import { paramsOfJob } from '../../../../../bench/support.ts';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESETS, type Preset } from '../../../../../core/sampling/presets.ts';
import { startAfter } from '../../../../../core/sampling/trace.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { parseTokenFile, TOKEN_FILE_FORMAT } from '../../../../../core/tokens/tokenFile.ts';
import { fillFrames } from '../../../../../core/fill/fillFrames.ts';
import { writeTokenFile } from '../../../../../electron/io/tokenFiles.ts';
import { boxes, loadTiny, pattern } from '../../../core/fill/support.ts';
import { report, workspace } from '../support.ts';

const space = workspace();

/** A setting of the window, and how the command line says it. */
const settings: readonly (readonly [Partial<Preset>, readonly string[]])[] = [
  [{}, []],
  [
    {
      order: 'purity',
      schedule: 'arccos',
      steps: 5,
      temperature: 1.3,
      filters: { topK: 6, topP: 0.9, truncation: 0.95 },
    },
    [
      ...['--order', 'purity', '--schedule', 'arccos', '--steps', '5', '--temperature', '1.3'],
      ...['--top-k', '6', '--top-p', '0.9', '--truncation', '0.95'],
    ],
  ],
  [
    {
      order: 'random',
      steps: 9,
      temperature: 1,
      remasking: { kind: 'loop', eta: 0.2, from: 0.3, to: 0.8, alpha: 0.7 },
    },
    ['--order', 'random', '--steps', '9', '--temperature', '1', '--remasking', 'loop:0.2:0.3:0.8:0.7'],
  ],
  [
    { order: 'halton', temperature: 1, gumbel: 1.5, remasking: { kind: 'conf', eta: 0.6 } },
    ['--order', 'halton', '--temperature', '1', '--gumbel', '1.5', '--remasking', 'conf:0.6'],
  ],
];

test.each(settings)(
  'a fill of the window is repeated from its exported tokens (%#)',
  async (changes, options) => {
    const model = await loadTiny();
    try {
      const params = paramsOfJob(model, {
        picture: pattern(72, 64),
        selection: boxes(72, 64, [20, 20, 28, 27]),
        sampling: { ...PRESETS.fine, ...changes },
        seed: 4_000_000_001,
        candidates: 2,
        feather: 0,
        detail: 0,
      });
      const [frame] = params.frames;
      const first = (await fillFrames(model, params)).frames[0]!;
      const pin = first.hole[5]!;
      const tokens = { cells: [pin], ids: [2], pins: [pin] };
      const { request, candidates } = (
        await fillFrames(model, { ...params, frames: [{ ...frame!, tokens }] })
      ).frames[0]!;
      expect(request.pins).toEqual([pin]);

      // What the window exports before the fill: the hole is missing, its pins are there.
      const { width, height, ids } = request.grid;
      await writeTokenFile(space.at('window.json'), {
        format: TOKEN_FILE_FORMAT,
        package: request.package,
        width,
        height,
        ids,
        pins: request.pins,
      });
      const result = await report(
        ...['tokens', space.at('window.json'), '--fill', '--out', space.at('cli.json'), '--preset', 'fine'],
        ...['--seed', String(request.seed), '--candidates', '2', ...options],
      );
      expect(result).toMatchObject({ ok: true, sampling: { ...PRESETS.fine, ...changes } });
      candidates.forEach(({ grid }, c) => {
        const name = `cli-${c + 1}.json`;
        const file = parseTokenFile(readFileSync(space.at(name), 'utf8'), name);
        expect(file.ids).toEqual(Array.from(grid.ids));
        expect(file.pins).toEqual([pin]);
      });
    } finally {
      await model.dispose();
    }
  },
);

test('a candidate that began with a coarse pass is repeated from what comes after it', async () => {
  const model = await loadTiny();
  try {
    const params = paramsOfJob(model, {
      picture: pattern(400, 320),
      selection: boxes(400, 320, [120, 90, 140, 130]),
      scale: 1,
      sampling: PRESETS.balanced,
      seed: 5,
      candidates: 2,
      feather: 0,
      detail: 0,
    });
    const { request, candidates } = (await fillFrames(model, params)).frames[0]!;
    expect(request.planned).toHaveLength(2);
    for (const [c, { grid, trace }] of candidates.entries()) {
      const { width, height, ids } = request.grid;
      const path = space.at(`coarse-${c}.json`);
      await writeTokenFile(path, {
        format: TOKEN_FILE_FORMAT,
        package: request.package,
        width,
        height,
        ids,
        pins: [],
        start: startAfter(request, trace, 1),
      });
      const out = space.at(`coarse-${c}-filled.json`);
      const line = ['tokens', path, '--fill', '--preset', 'balanced', '--seed', '5', '--candidates', '1'];
      expect(await report(...line, '--out', out)).toMatchObject({ ok: true });
      expect(parseTokenFile(readFileSync(out, 'utf8'), out).ids).toEqual(Array.from(grid.ids));
    }
  } finally {
    await model.dispose();
  }
});

test('a branch of a candidate is repeated from its exported tokens, which cannot be edited', async () => {
  const model = await loadTiny();
  try {
    const params = paramsOfJob(model, {
      picture: pattern(72, 64),
      selection: boxes(72, 64, [20, 20, 28, 27]),
      sampling: { ...PRESETS.fine, remasking: { kind: 'conf', eta: 0.3 } },
      seed: 12,
      candidates: 1,
      feather: 0,
      detail: 0,
    });
    const { request, candidates } = (await fillFrames(model, params)).frames[0]!;
    const [{ grid, trace }] = candidates as [(typeof candidates)[0]];
    const start = startAfter(request, trace, 3);
    expect(start.ids).toContain(MASK);
    const { width, height, ids } = request.grid;
    const path = space.at('branch.json');
    await writeTokenFile(path, {
      format: TOKEN_FILE_FORMAT,
      package: request.package,
      width,
      height,
      ids,
      pins: [],
      start,
    });
    const line = ['tokens', path, '--fill', '--preset', 'fine', '--remasking', 'conf:0.3', '--seed', '99'];
    const out = ['--out', space.at('branch-filled.json')];
    expect(await report(...line, ...out, '--candidates', '1')).toMatchObject({ ok: true });
    const file = parseTokenFile(readFileSync(space.at('branch-filled.json'), 'utf8'), 'branch-filled.json');
    expect(file.ids).toEqual(Array.from(grid.ids));
    expect(file.start).toBeUndefined();

    const edited = await report(...line, '--out', space.at('edited.json'), '--set', '0,0=1');
    expect(edited).toMatchObject({ ok: false });
    expect(JSON.stringify(edited)).toContain('after step 3, and cannot be changed there.');
  } finally {
    await model.dispose();
  }
});
