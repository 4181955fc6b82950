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

const CLASSES = `The names of ImageNet's classes in native-models/importers/families/imagenet.ts are those of torchvision:

BSD 3-Clause License

Copyright (c) Soumith Chintala 2016, 
All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this
  list of conditions and the following disclaimer.

* Redistributions in binary form must reproduce the above copyright notice,
  this list of conditions and the following disclaimer in the documentation
  and/or other materials provided with the distribution.

* Neither the name of the copyright holder nor the names of its
  contributors may be used to endorse or promote products derived from
  this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;

/** The notices of every dependency, and of theirs, in one text. @returns {string} */
export function notices() {
  const texts = [...shipped().values()].map(notice);
  return [...texts, LGPL + textOf('wasm-vips', /^third-party-notices/i), CLASSES, ELECTRON, MODEL].join(LINE);
}

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

/** @param {string} name of a dependency @param {RegExp} wanted @returns {string} '' where it has no such file */
function textOf(name, wanted) {
  const folder = path.join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => wanted.test(entry));
  return file === undefined ? '' : `\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}
