import { describe, expect, test } from 'vitest';
import { parseProject, PROJECT_FORMAT, projectToDocument } from '../../../../../core/document/projectFile.ts';
import { upgrade } from '../../../../../core/document/project/versions.ts';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { paint } from '../support.ts';
import { commit, moreTokens, reread, snapshotOf, startWork, tokensOfFill } from './support.ts';

type Json = Record<string, unknown>;

function fullWork() {
  let work = startWork();
  work = commit(work, 'Paint', paint(work.document, { x: 0, y: 0, width: 9, height: 9 }, 1));
  work = commit(work, 'Select', { selection: fillRect(work.document.selection, work.document.canvas, 255) });
  return commit(work, 'Fill', moreTokens(work.document, tokensOfFill(3)));
}

const intact = snapshotOf(fullWork());

/** What is said of the intact manifest with other values at places such as 'history.entries.0.at'. */
function refusalWith(values: Readonly<Record<string, unknown>>): TesseraError {
  const manifest = JSON.parse(intact.json) as Json;
  for (const [place, value] of Object.entries(values)) {
    const path = place.split('.');
    const last = path.pop()!;
    const holder = path.reduce((inner, key) => inner[key] as Json, manifest);
    holder[last] = value;
  }
  return refusal(JSON.stringify(manifest));
}

function refusal(json: string): TesseraError {
  try {
    parseProject(json, '"a.tessera"');
  } catch (error) {
    if (error instanceof TesseraError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('the intact one is taken', () => {
  expect(parseProject(intact.json, 'it').manifest.format).toBe(PROJECT_FORMAT);
});

describe('versions', () => {
  test('a newer one is refused with advice, whatever else is in it', () => {
    const error = refusal('{ "format": 3, "layers": [] }');
    expect(error.message).toBe(
      '"a.tessera" was saved by a newer version of Tessera (format 3; this version reads 2).',
    );
    expect(error.hint).toBe('Update Tessera.');
  });

  test('an older one is converted step by step', () => {
    const steps = [
      (older: Json) => ({ ...older, format: 2, steps: ['1 to 2'] }),
      (older: Json) => ({ ...older, format: 3, steps: [...(older.steps as string[]), '2 to 3'] }),
    ];
    expect(upgrade({ format: 1 }, 1, 'it', steps)).toEqual({ format: 3, steps: ['1 to 2', '2 to 3'] });
    expect(upgrade({ format: 2, steps: [] }, 2, 'it', steps)).toEqual({ format: 3, steps: ['2 to 3'] });
    expect(() => upgrade({ format: 4 }, 4, 'it', steps)).toThrow('this version reads 3');
  });

  test('there is a converter for every step', () => {
    expect(upgrade({ format: PROJECT_FORMAT }, PROJECT_FORMAT, 'it')).toEqual({ format: PROJECT_FORMAT });
    expect(() => upgrade({}, PROJECT_FORMAT + 1, 'it')).toThrow('newer');
  });
});

const { picture, canvas, history } = parseProject(intact.json, 'it').manifest;
const first = history.entries[0]!;

describe('a broken manifest gets one sentence', () => {
  test.each<[what: string, values: Record<string, unknown>, words: string]>([
    ['no format', { format: undefined }, 'format must be a whole number from 1'],
    ['an odd format', { format: 0.5 }, 'format must be a whole number from 1'],
    ['a huge canvas', { 'canvas.width': 1e9 }, 'canvas.width must be a whole number from 1 to 30000'],
    ['a vast canvas', { canvas: { ...canvas, width: 3e4, height: 3e4 } }, 'at most 200 megapixels'],
    [
      'a branch of nothing',
      { 'history.branches': [{ from: 99, entries: [first] }] },
      'two steps of the history',
    ],
    [
      'a lost branch',
      { 'history.branches': [{ from: 99, entries: [{ ...first, id: 50, change: {} }] }] },
      'a branch of the history begins nowhere',
    ],
    ['a lost snapshot', { 'history.snapshots': [{ name: 'a', step: 99, at: 0 }] }, 'shows no step'],
    ['an endless canvas', { 'canvas.x': null }, 'canvas.x must be'],
    ['a canvas of nothing', { 'canvas.height': 0 }, 'canvas.height must be'],
    ['no picture', { picture: undefined }, 'picture must be column, row and number of tiles'],
    ['half a tile', { picture: picture.slice(1) }, 'picture must be'],
    ['a tile beyond the lattice', { 'picture.0': 40_000 }, 'picture must be'],
    ['a tile between columns', { 'picture.0': 0.5 }, 'picture must be'],
    ['a place twice', { picture: [...picture, ...picture.slice(0, 3)] }, 'picture must be'],
    ['tile 0', { 'picture.2': 0 }, 'picture must be'],
    ['a path for a tile', { 'picture.2': '../../x' }, 'picture must be'],
    ['a negative tile', { 'selection.2': -1 }, 'selection must be'],
    ['one part for two things', { 'selection.2': picture[2] }, 'is used as two things'],
    ['metadata that is a tile', { 'metadata.exif': picture[2] }, 'is used as two things'],
    ['tokens that are text', { tokens: 'all' }, 'tokens must be a list of numbers'],
    ['an empty frame', { frame: { rect: canvas, scale: 0, columns: 4, rows: 4 } }, 'frame.scale must be'],
    ['no history', { history: undefined }, 'history must be a history'],
    ['a position beyond it', { 'history.position': 99 }, 'has no step 99'],
    ['steps out of order', { 'history.entries': [...history.entries].reverse() }, 'is not in order'],
    ['half a change', { 'history.entries.0.change.picture': [0, 0, 1] }, 'change.picture must be'],
    ['a canvas from nowhere', { 'history.entries.0.change': { canvas: { before: canvas } } }, 'canvas.after'],
    ['tokens of another history', { tokens: [] }, 'belongs to other tokens'],
    ['a time that is text', { 'history.entries.0': { ...first, at: 'noon' } }, 'at must be a time'],
    [
      'details that are texts',
      { 'history.entries.0': { ...first, details: { Seed: '7' } } },
      'details must be a list',
    ],
    [
      'a detail of no kind',
      { 'history.entries.0': { ...first, details: [{ kind: 'colour' }] } },
      'details[0].kind must be a detail of a known kind',
    ],
    [
      'a detail of another shape',
      { 'history.entries.0': { ...first, details: [{ kind: 'seed', seed: '7' }] } },
      'details[0].seed must be a whole number of at least 0',
    ],
    [
      'texts of format 1 that are none',
      { format: 1, 'history.entries.0': { ...first, facts: { Seed: 7 } } },
      'text',
    ],
    ['a history of format 1 that is none', { format: 1, history: [1] }, 'history must be a history'],
    ['steps of format 1 that are none', { format: 1, 'history.entries': [1] }, 'history.entries[0] must be'],
    ['an endless record', { record: { text: 'x'.repeat(1e5) } }, 'record must be a short record'],
  ])('%s', (_, values, words) => {
    expectSentence(refusalWith(values), words);
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[1]'],
    ['nested without end', '['.repeat(1e6)],
  ])('%s', (_, json) => {
    expectSentence(refusal(json), 'its manifest is not valid JSON');
  });
});

function expectSentence({ code, message, hint }: TesseraError, words: string): void {
  expect(code).toBe('input');
  expect(message).toContain('"a.tessera" is not an intact Tessera project (');
  expect(message).toContain(words);
  expect(message).not.toContain('\n');
  expect(hint).toContain('Open an earlier copy');
}

describe('a broken file of tokens', () => {
  const id = parseProject(intact.json, 'it').manifest.tokens[0]!;
  const read = (text: string) => () =>
    projectToDocument(
      parseProject(intact.json, 'it'),
      (part) => (part === id ? new TextEncoder().encode(text) : intact.parts.get(part)!.bytes),
      '"a.tessera"',
    );

  test.each([
    ['is no JSON', '{', `Token file ${id} of "a.tessera" is not valid JSON.`],
    ['is of another kind', '{"format":1}', `Token file ${id} of "a.tessera" is not a token file`],
    [
      'does not say where it belongs',
      '{"format":1,"package":{"id":"a","sha256":"b"},"width":1,"height":1,"ids":[3],"pins":[]}',
      'does not say where its tokens belong',
    ],
  ])('%s', (_, text, words) => {
    expect(read(text)).toThrow(words);
  });

  test('changes nothing for others', () => {
    expect(reread(intact).document.tokens).toHaveLength(1);
  });
});
