// Runs first in the main process of a bundle for the stand-in: adds what current Electron and Node have.
import electron from 'electron';
import zlib from 'node:zlib';
import { addClipboard } from './clipboard.mjs';
import { crc32 } from './crc32.mjs';
import { addKeys } from './keys.mjs';

addClipboard(electron);
Object.assign(zlib, { crc32 });
addKeys(electron.safeStorage);
