// `npm start`: fills a sample photograph and writes out/demo.png.
import { runMain } from './bundle.mjs';

await runMain('electron/cli/main.ts', ['demo', ...process.argv.slice(2)]);
