// Makes a fresh clone ready to run. Runs before node_modules exists, so it uses node's own modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, progress, root } from './project.mjs';

const OLDEST_NODE = [20, 19];
const stamp = path.join(root, 'node_modules', '.tessera-setup');

/** Installs the dependencies of package-lock.json unless just those are installed already. */
export function setUp() {
  checkNode();
  const wanted = lockDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  progress('installing the dependencies from the npm registry (about half a minute, once) ...');
  const started = Date.now();
  // npm prints what went wrong by itself; its ordinary output is noise here.
  const result = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32', // npm is npm.cmd there
    // onnxruntime-node's own script would download CUDA libraries, which are not used here.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (result.error) fail(`npm could not be started (${result.error.message}); install Node.js with npm.`);
  if (result.status !== 0) {
    fail(
      'the dependencies could not be installed; the npm registry must be reachable once. Then run this again.',
    );
  }
  writeFileSync(stamp, wanted);
  progress(`dependencies installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor = 0, wantMinor = 0] = OLDEST_NODE;
  if (major < wantMajor || (major === wantMajor && minor < wantMinor)) {
    fail(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
}

function lockDigest() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  // The binaries differ by platform, so a folder that moved between machines is set up again.
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}
