// `npm run check`: format, lint, types, import rules, dead code. Stops at nothing; exits 1 if any fails.
import { spawn } from 'node:child_process';
import { root, tool } from './project.mjs';
import { setUp } from './setup.mjs';

/** @type {Record<string, string[]>} */
const CHECKS = {
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  // The slowest first. Each component is a new program to the linter, so they have a process of their own.
  lint: ['eslint/bin/eslint.js', '--max-warnings=0', '.', '--ignore-pattern=renderer'],
  'lint of the window': ['eslint/bin/eslint.js', '--max-warnings=0', 'renderer'],
  'types of core': ['typescript/bin/tsc', '-p', 'core'],
  types: ['typescript/bin/tsc', '-p', '.'],
  'types of the window': [
    'svelte-check/bin/svelte-check',
    '--output=machine',
    '--fail-on-warnings',
    ...['--tsconfig', 'renderer/tsconfig.json'],
  ],
  'types of the preload script': ['typescript/bin/tsc', '-p', 'electron/preload'],
  'types of the benches': ['typescript/bin/tsc', '-p', 'bench'],
  'types of the end-to-end tests': ['typescript/bin/tsc', '-p', 'test/e2e'],
  'import rules': [
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--output-type=err',
    ...[
      'core',
      'native-models/importers',
      'native-models/runtime',
      'electron',
      'renderer',
      'build',
      'bench',
      'test',
    ],
  ],
  'dead code': ['knip/bin/knip.js', '--no-progress'],
  links: ['./build/links.mjs'],
};

/** Runs every check, two at a time. @returns {Promise<{ passed: number, failed: number }>} */
export async function check() {
  const waiting = Object.entries(CHECKS);
  let passed = 0;
  let failed = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, command] = next;
      const started = Date.now();
      const { ok, output } = await run(command);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n${ok ? '' : output}`);
      if (ok) passed += 1;
      else failed += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed, failed };
}

/** @param {string[]} command @returns {Promise<{ ok: boolean, output: string }>} */
function run([script = '', ...args]) {
  return new Promise((resolve) => {
    const file = script.startsWith('./') ? script : tool(script);
    const child = spawn(process.execPath, [file, ...args], { cwd: root });
    let output = '';
    child.stdout.on('data', (/** @type {Buffer} */ text) => (output += text.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ text) => (output += text.toString()));
    child.on('close', (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  const { failed } = await check();
  process.exitCode = failed === 0 ? 0 : 1;
}
