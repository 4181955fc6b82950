// Runs first in the preload script of a bundle for the stand-in. Electron 25 has no webUtils and puts the path on the File.
import electron from 'electron';

Object.defineProperty(electron, 'webUtils', {
  value: { getPathForFile: (/** @type {{ path?: string }} */ file) => file.path ?? '' },
});
