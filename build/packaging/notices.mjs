// The licences of what is shipped: they ask to be passed on.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';
import { shipped } from './closure.mjs';

const LINE = `\n${'-'.repeat(80)}\n\n`;

/** What the table of wasm-vips leaves to those who pass it on. The libraries are linked into one file, which can be exchanged. */
const LGPL = `The libraries of wasm-vips

wasm-vips is MIT licensed. Its file vips.wasm also holds libvips, GLib, libexif and others under the GNU Lesser General Public
License, version 3; vips-heif.wasm holds libheif under the same licence. The table below names them all. These files lie unpacked
in resources/app.asar.unpacked/node_modules/wasm-vips/lib. You may replace them with builds of your own from the sources at
https://github.com/kleisauke/wasm-vips, which names the versions and the changes of every library. The text of the licence is at
https://www.gnu.org/licenses/lgpl-3.0.txt, and that of the GNU General Public License that it refers to at
https://www.gnu.org/licenses/gpl-3.0.txt.
`;

/** The notices of every dependency, and of theirs, in one text. @returns {string} */
export function notices() {
  const texts = [...shipped().values()].map(notice);
  const libraries = LGPL + textOf('wasm-vips', /^third-party-notices/i);
  return [...texts, libraries, HEIF, licence('openjpeg'), ELECTRON, MODEL].join(LINE);
}

const HEIF = `The libraries of libheif-js

Its file libheif.wasm holds libheif and libde265 under the GNU Lesser General Public License, version 3. It lies unpacked in
resources/app.asar.unpacked/node_modules/libheif-js/libheif-wasm, with the text of the licence. You may replace it with a build of
your own from the sources at https://github.com/strukturag/libheif and https://github.com/strukturag/libde265, which
https://github.com/catdad-experiments/libheif-js names the versions of.
`;

const ELECTRON = `Electron (MIT) with Chromium, Node.js and their libraries: see LICENSE.electron.txt and LICENSES.chromium.html beside the
program. FFmpeg, libffmpeg, is under the GNU Lesser General Public License, version 2.1, and lies there as a library of its own.
`;

const MODEL = `The model tessera-base (CC BY-SA 4.0): its weights, and the pictures that it was trained on, are described in
native-models/packages/tessera-base/PROVENANCE.md.
`;

/** @param {import('./closure.mjs').Manifest} manifest @returns {string} */
function notice({ name, version, license }) {
  return `${name} ${version} (${license ?? 'see below'})\n${textOf(name, /^licen[cs]e/i)}`;
}

/** The licence of a library whose package has none with it. @param {string} name @returns {string} */
function licence(name) {
  return readFileSync(path.join(root, 'build', 'packaging', 'licences', `${name}.txt`), 'utf8').trim();
}

/** @param {string} name of a dependency @param {RegExp} wanted @returns {string} '' where it has no such file */
function textOf(name, wanted) {
  const folder = path.join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => wanted.test(entry));
  return file === undefined ? '' : `\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}
