import { engineSchemas } from '../../../../../../core/contract/schemas/engineSchemas.ts';
import { describe, expect, it } from 'vitest';
import type { TokenFile } from '../../../../../../core/tokens/tokenFile.ts';
import type { FillRequest } from '../../../../../../core/sampling/request.ts';
import { createRng } from '../../../../../../core/base/rng.ts';
import type { FileGrant } from '../../../../../../core/contract/mainApi.ts';
import { PRESETS } from '../../../../../../core/sampling/presets.ts';
import { eraseCells, pinCells } from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import { holeCells } from '../../../../../../renderer/commands/tokens/cells/hole.ts';
import {
  commandFor,
  exportRequest,
  exportTokens,
} from '../../../../../../renderer/commands/tokens/files/export.ts';
import { importTokens } from '../../../../../../renderer/commands/tokens/files/import.ts';
import { readyTokens } from '../../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { run } from '../../../../../../renderer/commands/registry.ts';
import { PACKAGE, select } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';
import { outcomeFor } from '../../../support/outcome.ts';
import { answerEncode, answerPaint, openBench, tokensBench, type TokensBench } from '../tokenEngine.ts';

const FILE: FileGrant = { id: 'file', name: 'grid.json', kind: 'tokens', access: 'write' };

/** What the command writes to the file that is chosen. */
async function written(bench: TokensBench, exporting: Promise<void>): Promise<TokenFile> {
  await settled();
  const asked = bench.engine.newest('tokens.write');
  expect(asked.params.file).toBe(FILE.id);
  engineSchemas['tokens.write'].parse(asked.params);
  await asked.answer(null);
  await exporting;
  return asked.params.tokens;
}

function answersFiles({ main }: TokensBench): void {
  main.answers['files.save'] = () => FILE;
  main.answers['files.open'] = () => FILE;
  main.answers['clipboard.writeText'] = () => null;
}

function fileOf(more: Partial<TokenFile> = {}): TokenFile {
  const { width = 16, height = 16 } = more;
  const ids = Array.from({ length: width * height }, () => 5);
  const made = { id: PACKAGE.id, sha256: PACKAGE.sha256 };
  return { format: 1, package: made, width, height, ids, pins: [], ...more };
}

/** Imports a file; where tokens are to be painted the engine does it. */
async function imported(bench: TokensBench, file: TokenFile): Promise<void> {
  answersFiles(bench);
  const importing = importTokens(bench.editor, bench.document);
  importing.catch(() => undefined); // what goes wrong is looked at below
  await settled();
  await bench.engine.newest('tokens.read').answer(file);
  await settled();
  if (bench.engine.asked.at(-1)!.method === 'tokens.encode') await answerEncode(bench);
  if (bench.engine.asked.at(-1)!.method === 'tokens.paint') await answerPaint(bench);
  await importing;
}

describe('exporting tokens', () => {
  it('writes what is known of them, without those of the hole', async () => {
    const bench = openBench({ x: -64, y: 0, width: 128, height: 128 });
    const ready = readyTokens(bench.editor, bench.document);
    await answerEncode(bench);
    await ready;
    answersFiles(bench);
    eraseCells(bench.document, [1, 2]);
    pinCells(bench.document, [2], true);
    await readyTokens(bench.editor, bench.document);
    const file = await written(bench, exportTokens(bench.editor, bench.document));
    expect(file.ids.slice(0, 4)).toEqual([0, -1, 16, 24]);
    expect(file).toMatchObject({
      package: { id: PACKAGE.id, sha256: PACKAGE.sha256 },
      width: 16,
      height: 16,
      pins: [2],
      frame: { rect: { x: 0, y: 0, width: 128, height: 128 }, scale: 1 }, // from the picture's corner
      picture: { width: 128, height: 128 },
    });
    expect(file.provenance!.slice(0, 3).map(({ kind }) => kind)).toEqual(['encoded', 'missing', 'encoded']);
    expect(bench.main.paramsOf('files.save')).toEqual([{ kind: 'tokens', name: 'photo-tokens.json' }]);
    expect(bench.editor.notices.list[0]!.message).toBe('Exported grid.json.');
  });

  it('writes nothing where no file is chosen', async () => {
    const bench = await tokensBench();
    bench.main.answers['files.save'] = () => null;
    await exportTokens(bench.editor, bench.document);
    expect(bench.editor.notices.list).toEqual([]);
  });
});

describe('importing tokens', () => {
  it('of the size of the frame is one step: tokens, pins, and the hole where some are missing', async () => {
    const bench = await tokensBench();
    const ids = Array.from({ length: 256 }, (_, cell) => (cell === 3 ? -1 : 5));
    await imported(bench, fileOf({ ids, pins: [4] }));
    const { current, history } = bench.document;
    expect(history.entries).toMatchObject([
      {
        label: 'Import tokens',
        details: [
          { kind: 'count', of: 'tokens', count: 255 },
          { kind: 'code', id: 5 },
          { kind: 'file', name: 'grid.json' },
        ],
      },
    ]);
    const { tokens } = await readyTokens(bench.editor, bench.document);
    expect([...tokens.grid.ids.slice(2, 6)]).toEqual([5, 24, 5, 5]);
    expect(tokens.pins).toEqual([4]);
    expect([...holeCells(bench.document)]).toEqual([3]);
    bench.document.undo();
    expect(bench.document.current.tokens).toEqual([]);
    expect(current.tokens).toHaveLength(1);
  });

  it('takes back what was exported', async () => {
    const bench = await tokensBench();
    answersFiles(bench);
    eraseCells(bench.document, [1, 2]);
    pinCells(bench.document, [2], true);
    await readyTokens(bench.editor, bench.document);
    const file = await written(bench, exportTokens(bench.editor, bench.document));
    const other = await tokensBench();
    await imported(other, file);
    await readyTokens(other.editor, other.document);
    answersFiles(other);
    const again = await written(other, exportTokens(other.editor, other.document));
    expect(again).toEqual(file);
  });

  it('goes to the frame that the file was written for, if it lies on the picture', async () => {
    const bench = await tokensBench();
    const frame = { rect: { x: 64, y: 0, width: 64, height: 64 }, scale: 1 };
    await imported(bench, fileOf({ width: 8, height: 8, frame }));
    const [tokens] = bench.document.current.tokens;
    expect(tokens!.frame).toEqual({ ...frame, columns: 8, rows: 8 });
    expect(bench.document.current.frame).toEqual(tokens!.frame);
    expect(bench.document.history.entries.map(({ label }) => label)).toEqual(['Frame', 'Import tokens']);
  });

  it('becomes the stamp where it has another size and no place here', async () => {
    const bench = await tokensBench();
    const frame = { rect: { x: 100, y: 0, width: 64, height: 64 }, scale: 1 };
    for (const file of [
      fileOf({ width: 8, height: 8 }),
      fileOf({ width: 8, height: 8, frame }), // reaches out
      fileOf({ width: 8, height: 8, frame: { ...frame, rect: { ...frame.rect, x: 0, width: 63 } } }),
      fileOf({
        width: 8,
        height: 8,
        frame: { ...frame, rect: { ...frame.rect, x: 0 } },
        picture: { width: 9, height: 9 },
      }),
      fileOf({ width: 8, height: 8, package: { id: '', sha256: '' } }), // an array of ids
    ]) {
      bench.editor.tokenTools.stamp = null;
      await imported(bench, file);
      expect(bench.editor.tokenTools.stamp).toMatchObject({
        package: { id: PACKAGE.id, sha256: PACKAGE.sha256 },
        grid: { width: 8, height: 8 },
      });
    }
    expect(bench.editor.tools.chosen).toBe('token-stamp');
    expect(bench.document.history.entries).toEqual([]);
  });

  it('refuses what another package made, and codes that there are not', async () => {
    const bench = await tokensBench();
    const other = fileOf({ package: { id: 'tessera-base', sha256: 'cd'.repeat(32) } });
    await expect(imported(bench, other)).rejects.toThrow('another build of the package tessera-base');
    const ids = Array.from({ length: 256 }, () => 5000);
    await expect(imported(bench, fileOf({ ids }))).rejects.toThrow('5000');
    expect(bench.document.history.entries).toEqual([]);
  });
});

describe('a fill as a command', () => {
  const request: FillRequest = {
    package: { id: 'tessera-base', sha256: 'ab'.repeat(32) },
    grid: { width: 16, height: 16, ids: Array.from({ length: 256 }, (_, cell) => (cell < 3 ? -1 : 9)) },
    hole: [0, 1, 2, 3],
    pins: [3],
    seed: 42,
    ...PRESETS.balanced,
    filters: { topP: 0.9 },
    remasking: { kind: 'loop', eta: 0.02, from: 0.4, to: 0.9 },
    candidates: 2,
  };

  it('spells out all that decides its tokens', () => {
    expect(commandFor(request, 'my grid.json')).toBe(
      'tessera tokens "my grid.json" --fill --package tessera-base --seed 42 --steps 8 ' +
        '--order halton --schedule cosine --temperature 0.7 --gumbel 3 --top-p 0.9 ' +
        '--remasking loop:0.02:0.4:0.9 --out "my grid-filled.json"',
    );
    expect(commandFor({ ...request, first: 2 }, 'a.json')).toContain('--seed 42:3 ');
    expect(commandFor({ ...request, remasking: { kind: 'cap', eta: 0.1 } }, 'a.json')).toContain('cap:0.1');
    const prompt = { text: 'a "red" brick wall', negative: 'snow', guidance: 4 };
    expect(commandFor({ ...request, prompt, sharpening: 1 }, 'a.json')).toContain(
      '--sharpening 1 --prompt "a \\"red\\" brick wall" --negative snow --guidance 4 --out',
    );
  });

  async function withCandidate(): Promise<TokensBench> {
    const bench = await tokensBench();
    answersFiles(bench);
    select(bench.document, { x: 0, y: 0, width: 24, height: 8 });
    bench.editor.fillSettings.candidates = 1;
    const filling = run(bench.editor, 'fill.run');
    await settled();
    const asked = bench.engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
    await filling;
    const { fill } = bench.document;
    fill.candidates = fill.candidates.map((candidate) => ({
      ...candidate,
      frames: candidate.frames.map((frame) => ({ ...frame, request })),
    }));
    return bench;
  }

  it('comes with the tokens that it began with', async () => {
    const bench = await withCandidate();
    const file = await written(bench, exportRequest(bench.editor, bench.document));
    expect(file).toMatchObject({ package: request.package, ids: request.grid.ids, pins: [3], width: 16 });
    expect(bench.main.paramsOf('clipboard.writeText')).toEqual([{ text: commandFor(request, FILE.name) }]);
    expect(bench.main.paramsOf('files.save')[0]).toMatchObject({ name: 'photo-request.json' });
  });

  it('says where a branch goes on', async () => {
    const bench = await withCandidate();
    const { fill } = bench.document;
    const start = { step: 2, ids: request.grid.ids, believed: request.grid.ids.map(() => 0) };
    fill.candidates = fill.candidates.map((candidate) => ({
      ...candidate,
      frames: candidate.frames.map((frame) => ({ ...frame, start })),
    }));
    const file = await written(bench, exportRequest(bench.editor, bench.document));
    expect(file).toMatchObject({ ids: request.grid.ids, start });
    const [{ text }] = bench.main.paramsOf('clipboard.writeText') as [{ text: string }];
    expect(text).toContain('--seed 42 --steps');
  });

  it('goes on after the step that took over the coarse pass', async () => {
    const bench = await withCandidate();
    const { fill } = bench.document;
    const planned = [7, 8].map((id) => ({ ids: request.hole.map(() => id), share: 0.5 }));
    const withCoarse = { ...request, planned };
    const rng = createRng(42).fork(1).state();
    const taken = {
      changed: Int32Array.of(1),
      ids: Int32Array.of(8),
      probabilities: Float32Array.of(0.25),
      rng,
    };
    const drawn = {
      changed: Int32Array.of(0, 2),
      ids: Int32Array.of(3, 3),
      probabilities: Float32Array.of(1, 1),
      rng,
    };
    fill.candidates = fill.candidates.map((candidate) => ({
      ...candidate,
      frames: candidate.frames.map((frame) => ({ ...frame, request: withCoarse, trace: [taken, drawn] })),
    }));
    const file = await written(bench, exportRequest(bench.editor, bench.document));
    const ids = request.grid.ids.with(1, 8);
    expect(file).toMatchObject({ ids: request.grid.ids, start: { step: 1, ids, rng } });
    const [{ text }] = bench.main.paramsOf('clipboard.writeText') as [{ text: string }];
    expect(text).toContain('--seed 42 --steps');
  });

  it('gives the tokens of what patches planned: no command draws them', async () => {
    const bench = await withCandidate();
    const { fill } = bench.document;
    const planned = [null, { ids: request.hole.map(() => 8), share: 1 }];
    const drawn = { ...request.grid, ids: Int32Array.from(request.grid.ids.map((id) => (id < 0 ? 8 : id))) };
    fill.candidates = fill.candidates.map((candidate) => ({
      ...candidate,
      frames: candidate.frames.map((frame) => ({
        ...frame,
        request: { ...request, planned },
        grid: drawn,
        source: 'patches' as const,
      })),
    }));
    const file = await written(bench, exportRequest(bench.editor, bench.document));
    expect(file).toMatchObject({ ids: [...drawn.ids], pins: [...request.hole] });
    expect(file).not.toHaveProperty('start');
  });

  it('is none of a mix', async () => {
    const { editor, document } = await withCandidate();
    const [candidate] = document.fill.candidates;
    document.fill.candidates = [{ ...candidate!, mix: { base: candidate!, others: [] } }];
    await expect(exportRequest(editor, document)).rejects.toThrow('no command repeats it');
  });

  it('names all of a loop', () => {
    const remasking = { kind: 'loop', eta: 0.2, from: 0.3, to: 0.8 } as const;
    expect(commandFor({ ...request, remasking }, 'a.json')).toContain('--remasking loop:0.2:0.3:0.8 ');
    const whole = { ...remasking, alpha: 0.7 };
    expect(commandFor({ ...request, first: 2 }, 'a.json')).toContain('--seed 42:3 ');
    expect(commandFor({ ...request, remasking: whole }, 'a.json')).toContain('loop:0.2:0.3:0.8:0.7 ');
  });
});
