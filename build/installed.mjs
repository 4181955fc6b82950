// `node build/installed.mjs`: packs a deb, installs it, fills a picture in its window and removes it without a trace. On Debian and
// Ubuntu, as root; CI does it, since it changes the system.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageApp } from './dist.mjs';
import { prepareWindows } from './electron/windows.mjs';
import { hasDpkg, makeDeb } from './packaging/deb.mjs';
import { fail, progress } from './project.mjs';
import { setUp } from './setup.mjs';

const PATIENCE = 90_000; // ms

/** Whether this machine can try it. @returns {boolean} */
export function canInstall() {
  return hasDpkg() && process.getuid?.() === 0 && !existsSync('/opt/Tessera');
}

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function tryInstalled() {
  const windows = await prepareWindows();
  if (typeof windows === 'string') fail(windows);
  const home = mkdtempSync(path.join(tmpdir(), 'tessera-installed-'));
  try {
    const { folder, version } = await packageApp();
    const deb = makeDeb(folder, version, ['-Zgzip', '-z1']);
    run('dpkg', '--force-depends', '--install', deb);
    const files = spawnSync('dpkg', ['--listfiles', 'tessera'], { encoding: 'utf8' }).stdout.split('\n');
    await fillAPicture({ ...process.env, ...windows.env, HOME: home });
    run('dpkg', '--purge', 'tessera');
    rmSync(deb);
    const left = files.filter((file) => /tessera/i.test(file) && existsSync(file));
    if (left.length > 0) throw new Error(`these are left: ${left.join(', ')}`);
    progress('the deb installs, fills a picture and leaves nothing');
    return { passed: 1, failed: 0 };
  } catch (error) {
    progress(error instanceof Error ? error.message : String(error));
    spawnSync('dpkg', ['--purge', 'tessera']);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(home, { recursive: true, force: true });
    windows.close();
  }
}

/** Drives the window through Chromium's own port; the program lets no debugger of Node in. @param {NodeJS.ProcessEnv} env */
async function fillAPicture(env) {
  const port = await freePort();
  const photo = '/opt/Tessera/resources/app.asar.unpacked/assets/samples/chelsea.png';
  const child = spawn('tessera', [`--remote-debugging-port=${port}`, '--no-sandbox', photo], {
    env,
    stdio: 'ignore',
  });
  try {
    const { chromium } = await import('@playwright/test');
    const browser = await answering(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`));
    const page = await answering(() => {
      const [first] = browser.contexts().flatMap((context) => context.pages());
      return first ? Promise.resolve(first) : Promise.reject(new Error('there is no window'));
    });
    const canvas = page.getByRole('application', { name: /chelsea\.png/ });
    await canvas.waitFor({ timeout: PATIENCE });
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the picture is not shown');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 10, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.press('Enter');
    await page
      .getByRole('listbox', { name: 'Candidates' })
      .getByRole('option')
      .first()
      .waitFor({ timeout: PATIENCE });
    await browser.close();
  } finally {
    child.kill('SIGKILL');
  }
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function answering(work) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(200);
    }
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} fails: ${stderr.trim()}`);
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  if (!canInstall()) fail('a deb is installed by root on Debian or Ubuntu, where no Tessera is installed');
  const { failed } = await tryInstalled();
  process.exitCode = failed;
}
