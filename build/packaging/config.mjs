// What electron-builder packs, for each platform.
import path from 'node:path';
import { root } from '../project.mjs';

export const MAINTAINER = { name: 'The Tessera authors', email: 'authors@tessera.invalid' };
export const PAGE = 'https://tessera.invalid'; // there is no site yet
export const DESCRIPTION = 'Refills, extends and repaints pictures through their tokens';
export const PROJECT_TYPE = 'application/x-tessera';
export const PICTURE_TYPES = [
  ...['jpeg', 'png', 'webp', 'avif', 'heic', 'heif', 'tiff', 'gif', 'bmp', 'jxl', 'jp2', 'jpx'],
  'vnd.adobe.photoshop',
].map((type) => `image/${type}`);

/** Only these are not inside the bundles; of each, what the engine loads on this kind of machine. */
const MODULES = [
  'node_modules/onnxruntime-common/**',
  'node_modules/onnxruntime-node/{package.json,dist/**}',
  `node_modules/onnxruntime-node/bin/napi-v*/${process.platform}/${process.arch}/**`,
  'node_modules/wasm-vips/{package.json,LICENSE,THIRD-PARTY-NOTICES.md}',
  'node_modules/wasm-vips/lib/{vips-node.js,vips.wasm,vips-heif.wasm,vips-jxl.wasm}',
  'node_modules/libheif-js/{package.json,LICENSE}',
  'node_modules/libheif-js/libheif-wasm/{libheif.js,libheif.wasm,LICENSE}',
  'node_modules/@cornerstonejs/codec-openjpeg/{package.json,README.md}',
  'node_modules/@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.{js,wasm}',
  '!node_modules/**/*.{map,ts}',
];

/** @param {{ folder: string, version: string }} electron @returns {import('electron-builder').Configuration} */
export function configuration(electron) {
  return {
    appId: 'org.tessera.Tessera',
    productName: 'Tessera',
    copyright: 'The Tessera authors',
    electronVersion: electron.version,
    electronDist: electron.folder,
    directories: { output: path.join('dist', 'packages'), buildResources: path.join('dist', 'icons') },
    npmRebuild: false,
    // A package for Linux has to name a page and an author.
    extraMetadata: { desktopName: 'tessera.desktop', homepage: PAGE, author: MAINTAINER },
    asar: true,
    files: [
      'package.json',
      'dist/app/**',
      '!dist/app/**/*.map',
      'assets/samples/**',
      'native-models/packages/**',
      '!native-models/packages/*/{quality,presets}.*', // figures for people who read the code
      '!node_modules/**',
      ...MODULES,
    ],
    extraResources: ['LICENSE', { from: path.join('dist', 'THIRD-PARTY.txt'), to: 'THIRD-PARTY.txt' }],
    // The engine and all that it loads: native code, workers and WebAssembly want real files.
    asarUnpack: ['dist/app/engine.cjs', 'node_modules/**', 'native-models/packages/**', 'assets/samples/**'],
    fileAssociations: [
      {
        ext: 'tessera',
        name: 'Tessera project',
        description: 'A picture with its selection, tokens and history',
        mimeType: PROJECT_TYPE,
        role: 'Editor',
      },
    ],
    linux: {
      executableName: 'tessera',
      syncDesktopName: true,
      category: 'Graphics',
      icon: path.join(root, 'dist', 'icons'),
      synopsis: DESCRIPTION,
      mimeTypes: PICTURE_TYPES,
    },
    win: { icon: path.join(root, 'dist', 'icons', '512x512.png') },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    mac: {
      icon: path.join(root, 'dist', 'icons', '1024x1024.png'),
      category: 'public.app-category.graphics-design',
      hardenedRuntime: true,
    },
  };
}
