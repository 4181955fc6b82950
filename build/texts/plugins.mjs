// How the texts come into what is built.
import { readFileSync } from 'node:fs';
import PO from 'pofile';
import { inMemory, noteTexts, openTranslation } from './hub.mjs';

/**
 * Puts calls that look a text up in the place of the English texts of the window's sources. A text that the catalogue lacks is
 * shown as it stands there.
 *
 * @returns {import('vite').Plugin}
 */
export function windowTexts() {
  /** @type {Awaited<ReturnType<typeof openTranslation>>} */
  let hub;
  return {
    name: 'window-texts',
    async configResolved() {
      const storage = inMemory();
      await noteTexts(storage);
      hub = await openTranslation(storage);
    },
    transform: {
      order: 'pre', // before the compiler takes the markup away
      async handler(code, id) {
        const [output] = await hub.transform(code, id);
        return output.code === undefined ? undefined : { code: output.code, map: output.map };
      },
    },
  };
}

/** Makes a module of a `.po` file, whose default is the texts by their English. @returns {import('vite').Plugin} */
export function catalogues() {
  return {
    name: 'catalogues',
    load: {
      filter: { id: /\.po$/ },
      handler: (id) => ({ code: moduleOf(id), map: null, moduleType: 'js' }),
    },
  };
}

/** The same for esbuild. @type {import('esbuild').Plugin} */
export const cataloguesForEsbuild = {
  name: 'catalogues',
  setup(build) {
    build.onLoad({ filter: /\.po$/ }, ({ path }) => ({ contents: moduleOf(path), loader: 'js' }));
  },
};

/** @param {string} file */
function moduleOf(file) {
  return `export default ${JSON.stringify(entriesOf(file))};`;
}

/** The texts of one form that are translated. @param {string} file @returns {Record<string, string>} */
function entriesOf(file) {
  const { items } = PO.parse(readFileSync(file, 'utf8'));
  const translated = items.filter(({ msgid_plural, msgstr }) => !msgid_plural && msgstr[0]);
  return Object.fromEntries(translated.map(({ msgid, msgstr }) => [msgid, msgstr[0] ?? '']));
}
