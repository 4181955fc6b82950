#!/usr/bin/env node
// The `tessera` command: sets up and bundles where needed, then hands over to the command line in electron/cli.
import { runMain } from './bundle.mjs';

await runMain('electron/cli/main.ts', process.argv.slice(2));
