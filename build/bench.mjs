// `npm run bench -- NAME [--out FILE]`: runs bench/NAME.bench.ts.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMain } from './bundle.mjs';
import { fail, root } from './project.mjs';

const [name = '', ...args] = process.argv.slice(2);
const benches = readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
if (!benches.includes(name)) fail(`say which: npm run bench -- ${benches.join(' | ')}`);

await runMain(`bench/${name}.bench.ts`, args);
