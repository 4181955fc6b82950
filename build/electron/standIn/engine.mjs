// Runs first in the engine of a bundle for the stand-in: adds what current Node has.
import zlib from 'node:zlib';
import { crc32 } from './crc32.mjs';

Object.assign(zlib, { crc32 });
Object.assign(URL, {
  canParse(/** @type {string} */ url) {
    try {
      return new URL(url) instanceof URL;
    } catch {
      return false;
    }
  },
});
