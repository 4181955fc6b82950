// A Debian package of the packed application, made with dpkg-deb alone.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';
import { DESCRIPTION, MAINTAINER, PAGE, PICTURE_TYPES, PROJECT_TYPE } from './config.mjs';
import { linkTree, sizeOf } from './linkTree.mjs';

const FOLDER = '/opt/Tessera';
const ICONS = [16, 32, 48, 64, 128, 256, 512]; // px, as hicolor has them
const ARCHITECTURES = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64', arm: 'armhf' });

// What Electron loads; the second names are those of Debian 13 and Ubuntu 24.04.
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxss1',
  'libxtst6',
];

/** @returns {boolean} */
export function hasDpkg() {
  return process.platform === 'linux' && spawnSync('dpkg-deb', ['--version']).status === 0;
}

/**
 * Packs the unpacked application. @param {string} folder of it @param {string} version
 * @param {string[]} compression options of dpkg-deb @returns {string} the file
 */
export function makeDeb(folder, version, compression = ['-Zxz']) {
  const staging = path.join(root, 'dist', 'deb');
  rmSync(staging, { recursive: true, force: true });
  linkTree(folder, path.join(staging, FOLDER));
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const kilobytes = Math.ceil(sizeOf(staging) / 1024);
  for (const [name, text] of Object.entries(texts(version, architecture, kilobytes))) {
    const file = path.join(staging, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, /post(inst|rm)$/.test(name) ? 0o755 : 0o644);
  }
  for (const size of ICONS) {
    const icon = path.join(
      staging,
      'usr',
      'share',
      'icons',
      'hicolor',
      `${size}x${size}`,
      'apps',
      'tessera.png',
    );
    cpSync(path.join(root, 'dist', 'icons', `${size}x${size}.png`), icon);
  }
  mkdirSync(path.join(staging, 'usr', 'bin'), { recursive: true });
  symlinkSync(`../..${FOLDER}/tessera`, path.join(staging, 'usr', 'bin', 'tessera'));
  const file = path.join(root, 'dist', 'packages', `tessera_${version}_${architecture}.deb`);
  const { status, stderr } = spawnSync(
    'dpkg-deb',
    [...compression, '--root-owner-group', '--build', staging, file],
    { encoding: 'utf8' },
  );
  rmSync(staging, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr.trim());
  return file;
}

/** What is written beside the application. @param {string} version @param {string} architecture @param {number} kilobytes */
function texts(version, architecture, kilobytes) {
  return {
    'DEBIAN/control': `Package: tessera
Version: ${version}
Architecture: ${architecture}
Maintainer: ${MAINTAINER.name} <${MAINTAINER.email}>
Homepage: ${PAGE}
Section: graphics
Priority: optional
Installed-Size: ${kilobytes}
Depends: ${DEPENDS.join(', ')}
Recommends: xdg-utils, libsecret-1-0
Description: ${DESCRIPTION}
 Tessera fills selected parts of pictures, extends them past their edges and
 lets the tokens that they are made of be painted by hand. It works offline.
`,
    [`${FOLDER.slice(1)}/resources/package-type`]: 'deb\n', // how it is updated
    'DEBIAN/postinst': script(
      `if [ -e ${FOLDER}/chrome-sandbox ]; then chmod 4755 ${FOLDER}/chrome-sandbox; fi`,
    ),
    'DEBIAN/postrm': script(''),
    'usr/share/applications/tessera.desktop': `[Desktop Entry]
Type=Application
Name=Tessera
GenericName=Picture editor
Comment=${DESCRIPTION}
Exec=${FOLDER}/tessera %F
Icon=tessera
Terminal=false
Categories=Graphics;2DGraphics;RasterGraphics;
MimeType=${[PROJECT_TYPE, ...PICTURE_TYPES].join(';')};
StartupWMClass=tessera
`,
    'usr/share/mime/packages/tessera.xml': `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${PROJECT_TYPE}">
    <comment>Tessera project</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.tessera"/>
    <icon name="tessera"/>
  </mime-type>
</mime-info>
`,
    'usr/share/doc/tessera/copyright': `Tessera is MIT licensed: ${FOLDER}/resources/LICENSE
What it contains: ${FOLDER}/resources/THIRD-PARTY.txt, ${FOLDER}/LICENSE.electron.txt, ${FOLDER}/LICENSES.chromium.html
`,
  };
}

/** Runs when files have been put in place or taken away. @param {string} first @returns {string} */
function script(first) {
  return `#!/bin/sh
set -e
${first}
if command -v update-desktop-database >/dev/null; then update-desktop-database -q /usr/share/applications || true; fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
`;
}
