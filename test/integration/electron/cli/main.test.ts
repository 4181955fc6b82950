import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../../build/bundle.mjs';
import { gradient, type Outcome, ROOT, TINY, workspace, writePng, writeRectMask } from './support.ts';

// What only a process of its own shows: exit codes, streams, signals. The bundle is what people run.

const space = workspace();
const SIZE = { width: 200, height: 160 };
let entry = '';
let photo = '';
let mask = '';
let scripts = 0;

beforeAll(async () => {
  entry = pathToFileURL(await bundle('electron/cli/main.ts')).href;
  photo = await writePng(space, 'photo.png', gradient(SIZE.width, SIZE.height));
  mask = await writeRectMask(space, 'mask.png', SIZE, { x: 40, y: 40, width: 60, height: 60 });
});

/**
 * Writes a script that runs a command line. (A script, since the codec's threads do not start under `node --eval`.)
 * @param terminal source of a third argument of `main`
 */
function script(args: readonly string[], terminal = 'undefined'): string[] {
  const call = `main(${JSON.stringify(args)}, { root: ${JSON.stringify(ROOT)} }, ${terminal})`;
  const source = `const { main } = await import(${JSON.stringify(entry)}); process.exitCode = await ${call};`;
  scripts += 1;
  return [space.write(`run-${scripts}.mjs`, source)];
}

function run(nodeArgs: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...nodeArgs],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

describe('the bundled command line', () => {
  it('prints one JSON object on stdout, draws no bar into a pipe, and ends by itself', async () => {
    const out = space.at('filled.png');
    const outcome = await run(script(['fill', photo, '-m', mask, '-o', out, '-p', TINY, '--json']));
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ ok: true, results: [{ outputs: [{ path: out }] }] });
  });

  it('writes what it was asked for and nothing else, anywhere: nobody is told anything', async () => {
    const home = workspace();
    const out = home.at('filled.png');
    const env = Object.fromEntries(
      ['HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP', 'XDG_CACHE_HOME', 'LOCALAPPDATA', 'APPDATA'].map(
        (name) => [name, home.folder],
      ),
    );
    const args = script(['fill', photo, '-m', mask, '-o', out, '-p', TINY]);
    expect(await run(args, { ...env, ORT_DISABLE_TELEMETRY: '' })).toMatchObject({ code: 0 });
    // In its own folder it notes how long a pass of the model takes here.
    expect(home.list()).toEqual(['filled.png', 'tessera', 'tessera/pass-times.json']);
  });

  it('gives the exit codes of failures and of wrong command lines', async () => {
    const missing = ['fill', space.at('none.png'), '-m', mask, '-o', space.at('x.png'), '-p', TINY];
    expect((await run(script(missing))).code).toBe(1);
    expect((await run(script(['fill', '--seed', 'x']))).code).toBe(2);
    expect((await run(script(['--help']))).code).toBe(0);
  });

  it('shows a stack only where TESSERA_DEBUG asks for it', async () => {
    const args = script(['decode', space.at('none.json'), '-o', space.at('x.png'), '-p', TINY]);
    expect((await run(args)).stderr.trim().split('\n')).toHaveLength(1);
    expect((await run(args, { TESSERA_DEBUG: '1' })).stderr).toMatch(/\n\s+at /);
  });

  it('stops by Ctrl+C within a step, without a file', async () => {
    const out = space.at('stopped.png');
    const args = ['fill', photo, '-m', mask, '-o', out, '-p', TINY, '--steps', '10000'];
    // The first sign of progress is when the person in this test presses the keys.
    const terminal = `{
      out() {}, columns: 80, interactive: true, debug: false,
      err(text) {
        process.stderr.write(text);
        if (text.includes('steps') && !globalThis.pressed) process.kill(process.pid, 'SIGINT');
        globalThis.pressed ||= text.includes('steps');
      },
    }`;
    const { code, stderr } = await run(script(args, terminal));
    expect(code).toBe(130);
    expect(stderr).toMatch(/tessera: Stopped\.\n$/);
    expect(existsSync(out)).toBe(false);
    expect(space.list().filter((name) => path.basename(name).startsWith('.'))).toEqual([]);
  });

  it('survives a reader that goes away', async () => {
    const child = spawn(process.execPath, script(['help', 'fill']), { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
