import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishMove, movePackages } from '../../../../../electron/engine/packages/movePackages.ts';
import { packagesPlace, setPackagesPlace, userPackages } from '../../../../../electron/io/packageFolders.ts';
import { listPackages } from '../../../../../native-models/runtime/findPackages.ts';
import { checkHashes } from '../../../../../native-models/runtime/packageFolder.ts';
import { errorOf, temporaryFolder, TINY, TINY_ALL_LOGITS } from '../../../native-models/runtime/fixtures.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

let data: string;
let usual: string;
beforeEach(() => {
  data = temporaryFolder();
  vi.stubEnv('TESSERA_PACKAGES', '');
  for (const name of ['XDG_DATA_HOME', 'LOCALAPPDATA', 'HOME']) vi.stubEnv(name, data);
  usual = userPackages();
  fillWith(usual);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function fillWith(folder: string): void {
  cpSync(TINY, path.join(folder, 'tiny'), { recursive: true });
  cpSync(TINY_ALL_LOGITS, path.join(folder, 'tiny-all-logits'), { recursive: true });
}

const options = { signal: new AbortController().signal };

/** Every package can be used where the pointer says. */
async function expectUsable(folder = userPackages()): Promise<void> {
  const listed = await listPackages([folder]);
  expect(listed.map(({ name, problem }) => [name, problem])).toEqual([
    ['tiny', null],
    ['tiny-all-logits', null],
  ]);
  for (const { opened } of listed) await checkHashes(opened!);
}

describe('moving packages', () => {
  it('brings all of them elsewhere, tells how far it is, and leaves nothing', async () => {
    const there = path.join(temporaryFolder(), 'new', 'packages');
    const told: number[] = [];
    const moved = await movePackages(there, { ...options, onProgress: (done) => told.push(done) });
    expect(moved).toEqual({ from: usual, folder: there, packages: 2 });
    expect(packagesPlace()).toEqual({ folder: there, fixed: false, left: null });
    await expectUsable(there);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(existsSync(usual)).toBe(false);
    expect(readdirSync(there).sort()).toEqual(['tiny', 'tiny-all-logits']);

    await movePackages(usual, options); // and back
    await expectUsable(usual);
    expect(existsSync(`${usual}.json`)).toBe(false);
    expect(existsSync(there)).toBe(false);
  });

  it('goes to another file system', async ({ skip }) => {
    const other = ['/dev/shm', '/var/tmp', '/run'].find(
      (folder) => existsSync(folder) && statSync(folder).dev !== statSync(data).dev,
    );
    if (other === undefined) skip('There is no second file system here.');
    const there = mkdtempSync(path.join(other!, 'tessera-test-'));
    try {
      await movePackages(there, options);
      await expectUsable(there);
    } finally {
      rmSync(there, { recursive: true });
    }
  });

  it('keeps a package that is a link one, and leaves alone what is hidden', async () => {
    const elsewhere = path.join(temporaryFolder(), 'mine');
    cpSync(TINY, elsewhere, { recursive: true });
    symlinkSync(path.relative(usual, elsewhere), path.join(usual, 'linked'));
    writeFileSync(path.join(usual, '.hidden'), 'mine');
    const there = temporaryFolder();
    await movePackages(there, options);
    expect(readdirSync(there).sort()).toEqual(['linked', 'tiny', 'tiny-all-logits']);
    expect(readFileSync(path.join(there, 'linked', 'manifest.json'))).toEqual(
      readFileSync(path.join(TINY, 'manifest.json')),
    );
    expect(existsSync(path.join(elsewhere, 'manifest.json'))).toBe(true);
    expect(readdirSync(usual)).toEqual(['.hidden']);
  });

  it('moves to where some of them are already', async () => {
    const there = temporaryFolder();
    cpSync(TINY, path.join(there, 'tiny'), { recursive: true });
    await movePackages(there, options);
    await expectUsable(there);
  });

  it('stops on request, and everything is where it was', async () => {
    const stop = new AbortController();
    const there = path.join(temporaryFolder(), 'new');
    const moving = movePackages(there, {
      signal: stop.signal,
      onProgress() {
        stop.abort();
      },
    });
    expect(await errorOf(moving)).toMatchObject({ code: 'aborted' });
    expect(existsSync(there)).toBe(false);
    expect(userPackages()).toBe(usual);
    await expectUsable(usual);
  });

  it('finishes what was killed after the switch', async () => {
    const there = temporaryFolder();
    fillWith(there);
    await setPackagesPlace(there, usual); // and then the power went
    rmSync(path.join(usual, 'tiny'), { recursive: true });
    writeFileSync(path.join(usual, 'diary.txt'), 'mine');
    await finishMove();
    expect(readdirSync(usual)).toEqual(['diary.txt']);
    expect(packagesPlace().left).toBeNull();
    await expectUsable(there);
  });

  it('removes nothing from the old place that the new one does not have', async () => {
    const there = temporaryFolder();
    fillWith(there);
    await setPackagesPlace(there, usual);
    writeFileSync(path.join(usual, 'tiny', 'manifest.json'), '{"another": "build"}');
    await finishMove();
    expect(readdirSync(usual)).toEqual(['tiny']);
  });
});

describe('packages are not moved', () => {
  it.each<[what: string, folder: () => string, code: string, message: RegExp]>([
    ['to where they are', () => usual, 'usage', /^The packages are in .* already\.$/],
    [
      'into themselves',
      () => path.join(usual, 'tiny', 'in'),
      'usage',
      /lies inside the folder that is to be moved/,
    ],
    ['among other things', () => data, 'usage', /holds something else than packages/],
    [
      'under a file',
      () => path.join(TINY, 'decoder.onnx', 'x'),
      'output',
      /^The packages could not be moved to .*, since a file lies/,
    ],
  ])('%s', async (_, folder, code, message) => {
    const error = await errorOf(movePackages(folder(), options));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    await expectUsable(usual);
  });

  it('through a link to where they are', async () => {
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(usual, link);
    expect(await errorOf(movePackages(link, options))).toMatchObject({ code: 'usage' });
    expect(await errorOf(movePackages(path.join(link, 'new'), options))).toMatchObject({ code: 'usage' });
  });

  it('over another package of the same name', async () => {
    const there = temporaryFolder();
    cpSync(TINY_ALL_LOGITS, path.join(there, 'tiny'), { recursive: true });
    expect(await errorOf(movePackages(there, options))).toMatchObject({
      code: 'usage',
      message: `${there} holds another package called tiny already.`,
    });
    await expectUsable(usual);
  });

  it('where there is too little space', async () => {
    const there = path.join(temporaryFolder(), 'new');
    const error = await errorOf(movePackages(there, { ...options, space: () => Promise.resolve(1000) }));
    expect(error).toMatchObject({
      code: 'limit',
      message: expect.stringMatching(/^The packages take \d+ MB, and 1 MB are free there\.$/) as string,
    });
    expect(existsSync(there)).toBe(false);
    await expectUsable(usual);
  });

  it.skipIf(process.getuid?.() === 0)('where nothing may be written (not as root, who may)', async () => {
    const there = path.join(temporaryFolder(), 'read-only');
    mkdirSync(there, { mode: 0o555 });
    expect(await errorOf(movePackages(there, options))).toMatchObject({ code: 'output' });
    await expectUsable(usual);
  });

  it('where TESSERA_PACKAGES names their folder', async () => {
    vi.stubEnv('TESSERA_PACKAGES', usual);
    expect(await errorOf(movePackages(temporaryFolder(), options))).toMatchObject({ code: 'usage' });
  });
});

describe('a program that is killed while it moves packages', () => {
  const CHILD = path.join(ROOT, 'dist', 'test', 'move.mjs'); // inside the checkout, where its packages are found
  beforeAll(async () => {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [path.join(import.meta.dirname, 'child.ts')],
      outfile: CHILD,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  });

  it('leaves every package usable in one place, at any moment, and the next move ends it', async () => {
    let kills = 0;
    for (let after = 0; after < 8; after++) {
      const there = path.join(temporaryFolder(), 'new');
      const child = spawn(process.execPath, [CHILD, there], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      await once(child.stdout, 'data'); // it begins now
      await sleep(3 * after);
      child.kill('SIGKILL');
      const [, signal] = (await ended) as [number | null, string | null];
      if (signal === 'SIGKILL') kills += 1;
      const now = userPackages();
      expect([usual, there]).toContain(now);
      await expectUsable(now);
      const next = now === usual ? there : usual;
      await movePackages(next, options);
      await expectUsable(next);
      expect(existsSync(now)).toBe(false);
      if (next !== usual) await movePackages(usual, options);
    }
    expect(kills).toBeGreaterThan(2);
  });
});
