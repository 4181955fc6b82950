// Runs first in the main process of a bundle for the stand-in: adds what current Electron and Node have.
import electron from 'electron';
import zlib from 'node:zlib';
import { addClipboard } from './clipboard.mjs';
import { crc32 } from './crc32.mjs';

addClipboard(electron);
Object.assign(zlib, { crc32 });
// Electron 25 does not tell whose keys it uses.
Object.assign(electron.safeStorage, { getSelectedStorageBackend: () => 'unknown' });
