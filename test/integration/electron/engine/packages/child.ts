import { movePackages } from '../../../../../electron/engine/packages/movePackages.ts';

// Moves the packages, to be killed while it does.
process.stdout.write('begins\n');
await movePackages(process.argv[2]!, { signal: new AbortController().signal });
