import type { EngineMethod } from '../../../core/contract/engineApi.ts';
import type { MainMethod } from '../../../core/contract/mainApi.ts';
import { TOKEN_FILE_FORMAT } from '../../../core/tokens/tokenFile.ts';
import { PROJECT_FORMAT } from '../../../core/document/projectFile.ts';
import { PRESETS } from '../../../core/sampling/presets.ts';

const FILE = '00000000-0000-4000-8000-00000000000a'; // never granted
const DOCUMENT = '00000000-0000-4000-8000-000000000001';
const PACKAGE = 'no-such-package';
const TILE = 256 * 256;

const canvas = { x: 0, y: 0, width: 64, height: 32 };
const frame = { rect: canvas, scale: 1, columns: 8, rows: 4 };
const seen = { frame, region: canvas, picture: new Uint8Array(4 * 64 * 32) };
const grid = { width: 8, height: 4, ids: new Int32Array(32) };
const frameToFill = {
  plan: { frame, bounds: canvas },
  region: canvas,
  picture: seen.picture,
  selection: new Uint8Array(64 * 32),
};
const manifest = JSON.stringify({
  format: PROJECT_FORMAT,
  app: 'Tessera',
  name: 'forged',
  canvas,
  picture: [0, 0, 1],
  original: [0, 0, 1],
  selection: [],
  frame: null,
  tokens: [],
  history: { position: 0, entries: [] },
  metadata: {},
});
const tiles = [{ key: 0, tile: new Uint8Array(4 * TILE) }];
const own = { feather: 0, detail: 1, texture: 0.5 };

/** Params that a method takes, or that fit it but for a file or a package that is not there; other methods get junk only. */
export const PAYLOADS: Readonly<
  Partial<Record<EngineMethod | Exclude<MainMethod, 'window.close'>, unknown>>
> = {
  'picture.read': { file: FILE },
  'picture.write': { file: null, format: 'png', quality: 90, canvas, tiles, metadata: {} },
  'mask.read': { file: FILE, canvas },
  'mask.write': { file: FILE, canvas, tiles: [] },
  'object.select': { width: 64, height: 32, picture: seen.picture, strokes: [], before: null },
  'object.refine': {
    width: 64,
    height: 32,
    picture: seen.picture,
    coarse: { width: 8, height: 4, mask: new Uint8Array(32) },
  },
  'package.list': null,
  'package.load': { ref: PACKAGE },
  'package.recognise': { files: [FILE] },
  'package.install': { file: FILE },
  'package.import': { files: [FILE], name: 'a', license: 'b', precision: 'full', classId: null },
  'package.measure': { ref: PACKAGE, files: [FILE], samples: [FILE] },
  'package.remove': { ref: PACKAGE },
  'package.verify': { ref: PACKAGE },
  'package.broken': null,
  'package.repair': { ref: PACKAGE, from: FILE },
  'package.export': { ref: PACKAGE, file: FILE },
  'package.needs': { projects: [FILE] },
  'package.move': { folder: FILE },
  'package.space': null,
  'package.readPrompt': { ref: PACKAGE, words: 'a' },
  'package.swatches': { ref: PACKAGE },
  'fill.run': {
    package: PACKAGE,
    frames: [frameToFill],
    sampling: PRESETS.draft,
    seed: 1,
    candidates: 1,
    ...own,
  },
  'fill.compose': { package: PACKAGE, frame: frameToFill, hole: [1], known: grid.ids, ids: grid.ids, ...own },
  'tokens.encode': { package: PACKAGE, ...seen },
  'tokens.paint': { package: PACKAGE, ...seen, before: grid, after: grid, cells: [1] },
  'tokens.suggest': { package: PACKAGE, ...seen, grid, hole: [1], cells: [1], count: 4 },
  'tokens.measure': { package: PACKAGE, grid },
  'tokens.read': { file: FILE },
  'tokens.write': {
    file: FILE,
    tokens: {
      format: TOKEN_FILE_FORMAT,
      package: { id: PACKAGE, sha256: '' },
      width: 1,
      height: 1,
      ids: [0],
      pins: [],
    },
  },
  'project.open': { file: FILE, document: DOCUMENT },
  'project.save': { file: FILE, document: DOCUMENT, json: manifest, stamp: null },
  'recovery.origin': { file: FILE, document: DOCUMENT, json: manifest },
  'recovery.add': { document: DOCUMENT, parts: [{ id: 1, kind: 'tile', bytes: new Uint8Array(4 * TILE) }] },
  'recovery.keep': { document: DOCUMENT, json: manifest },
  'recovery.list': { open: [DOCUMENT] },
  'recovery.open': { document: DOCUMENT },
  'recovery.drop': { document: DOCUMENT },
  'app.info': null,
  'files.open': { kind: 'picture' },
  'files.openMany': null,
  'files.openModel': null,
  'files.save': { kind: 'png', name: 'a' },
  'files.mayWrite': { file: FILE },
  'files.release': { files: [FILE] },
  'files.reveal': { file: FILE },
  'files.recent': null,
  'files.openRecent': { id: 'a' },
  'files.openSample': { id: 'coffee' },
  'files.remember': { file: FILE, look: { width: 1, height: 1, data: new Uint8Array(4) } },
  'files.forget': { id: 'a' },
  'window.document': { name: 'a', edited: true },
  'menu.state': { enabled: { 'file.open': true }, checked: {} },
  'clipboard.writePicture': { png: Uint8Array.of(1, 2) },
  'clipboard.readPicture': null,
  'clipboard.writeText': { text: 'a' },
  'clipboard.readText': null,
  'preferences.read': null,
  'preferences.write': { values: { a: 1 } },
  'dialog.ask': { message: 'a', detail: 'b', buttons: ['c'] },
};
