#!/usr/bin/env node
// The `tessera` command: sets up and bundles where needed, then hands over to the command line in electron/cli.
import { runMain } from './bundle.mjs';

// npm runs scripts in the project's folder; paths are meant from where the person is.
if (process.env.npm_lifecycle_event === 'tessera' && process.env.INIT_CWD)
  process.chdir(process.env.INIT_CWD);

await runMain('electron/cli/main.ts', process.argv.slice(2));
