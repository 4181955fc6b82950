// The catalogue of texts: which files have them, and where they are kept.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { adapter as svelteAdapter } from '@wuchale/svelte';
import { Hub, pofile } from 'wuchale';
import { adapter as scriptAdapter } from 'wuchale/adapter-vanilla';
import { root } from '../project.mjs';
import { isText } from './heuristic.mjs';
import { sentences } from './sentences.mjs';

const FOLDER = 'core/texts'; // of the catalogue, a file for each language

/** @typedef {import('wuchale').StorageFactory} Storage */

/**
 * The catalogue as it is in its files. English needs none: it is what the sources say.
 *
 * @param {Parameters<Storage>[0]} options @returns {Promise<Awaited<ReturnType<Storage>>>}
 */
export async function inFiles(options) {
  const { fs } = options;
  /** @param {string} file @param {string} text */
  const write = (file, text) => (file.endsWith(`${path.sep}en.po`) ? undefined : fs.write(file, text));
  const files = await pofile({ dir: FOLDER })({ ...options, fs: { ...fs, write } });
  return {
    key: files.key,
    files: files.files,
    load: () => files.load(),
    // In the order of the sources, so that two people who add texts seldom meet.
    save: (data) =>
      files.save({ ...data, items: data.items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)) }),
  };
}

/** The same, but what is found in the sources is remembered for the life of the process only. @returns {Storage} */
export function inMemory() {
  /** @type {import('wuchale').SaveData | undefined} */
  let kept;
  return async (options) => {
    const files = await inFiles(options);
    return {
      ...files,
      load: () => kept ?? files.load(),
      save: (data) => {
        kept = data;
      },
    };
  };
}

/**
 * Notes the texts of the sources in the catalogue. Nothing else is written.
 *
 * @param {Storage} storage @param {{ clean?: boolean }} options clean: texts that are in no source any more go
 */
export async function noteTexts(storage, { clean = false } = {}) {
  const view = script(storage);
  /** @type {import('wuchale').Adapter} */
  const scripts = {
    ...view,
    // Tables are not made anew when the language changes, so what they hold is looked up by its English too.
    async transform(context) {
      const { msgs, output } = await view.transform(context);
      const known = new Set(msgs.map(({ msgStr }) => msgStr[0]));
      const others = sentences(context.content, context.filename).filter(
        ({ msgStr }) => !known.has(msgStr[0]),
      );
      return { msgs: [...msgs, ...others], output };
    },
  };
  /** @type {import('wuchale').Adapter} */
  const messages = {
    ...view,
    files: { include: MADE_WITHOUT_LANGUAGE, ignore: ['**/*.d.ts', ...OF_THE_VIEW] },
    transform: ({ content, filename }) => ({ msgs: sentences(content, filename), output: () => ({}) }),
  };
  const hub = await open('cli', { window: components(storage), scripts, messages }, catalogueOnly);
  await hub.directVisit(clean, false, false);
}

/** Files without markup that make texts anew when the language changes. */
const OF_THE_VIEW = ['renderer/ui/**/*.ts'];

/** Files whose texts stay English until they are shown: what went wrong, what was done, and what commands are called. */
const MADE_WITHOUT_LANGUAGE = [
  'core/**/*.ts',
  'electron/{engine,io,main}/**/*.ts',
  'native-models/{importers,runtime}/**/*.ts',
  'renderer/**/*.ts',
];

/** What puts the texts of a language in the place of those in the sources. @param {Storage} storage */
export function openTranslation(storage) {
  // Each has a list of texts of its own in what is built.
  /** @type {(name: string) => Storage} */
  const own = (name) => async (options) => ({ ...(await storage(options)), key: name });
  return open('build', { window: components(own('window')), scripts: script(own('scripts')) }, files);
}

/** @param {Storage} storage */
const common = (storage) => ({
  ...{ bundleLoad: true, granularLoad: false, loader: 'custom' },
  ...{ heuristic: isText, storage, generateLoadID: (/** @type {string} */ file) => file },
});

/** @param {Storage} storage */
function components(storage) {
  return svelteAdapter({ ...common(storage), files: ['renderer/**/*.svelte'] });
}

/** @param {Storage} storage */
function script(storage) {
  /** What stands outside functions is made once. @param {import('wuchale').Message} message */
  const heuristic = (message) => message.details.funcName != null && isText(message);
  return scriptAdapter({
    ...common(storage),
    heuristic,
    files: { include: OF_THE_VIEW, ignore: ['**/*.d.ts'] },
  });
}

/**
 * @param {'cli' | 'build'} mode @param {Record<string, import('wuchale').Adapter>} adapters
 * @param {import('wuchale').FS} fs
 */
function open(mode, adapters, fs) {
  const config = {
    locales: /** @type {[string, ...string[]]} */ (['en', 'de']),
    fallback: {},
    localesDir: 'renderer/texts', // with what loads it
    adapters,
    hmr: false,
    ai: null,
    logLevel: /** @type {const} */ ('error'),
  };
  return Hub.create(mode, () => config, root, 0, fs);
}

const files = {
  read: (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
  write: (/** @type {string} */ file, /** @type {string} */ text) => {
    writeFileSync(file, text);
  },
  mkdir: (/** @type {string} */ folder) => void mkdirSync(folder, { recursive: true }),
  exists: existsSync,
  unlink: (/** @type {string} */ file) => {
    rmSync(file, { force: true });
    return true;
  },
};

/** What is made of the catalogue is of no use where only its texts are noted. */
const catalogueOnly = {
  ...files,
  write: (/** @type {string} */ file, /** @type {string} */ text) => {
    if (file.endsWith('.po')) files.write(file, text);
  },
  exists: () => true,
};

/** Where a text stands: its first file, and itself. @param {import('wuchale').Item} item */
function place({ references, translations }) {
  return `${references[0]?.file ?? ''}\n${translations.get('en')?.join() ?? ''}`;
}
