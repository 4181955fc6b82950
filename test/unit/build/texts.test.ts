import { expect, it } from 'vitest';
import type { SaveData, StorageFactory } from 'wuchale';
import { isText } from '../../../build/texts/heuristic.mjs';
import { inMemory, noteTexts } from '../../../build/texts/hub.mjs';
import { sentences } from '../../../build/texts/sentences.mjs';

const PLACEHOLDER = /\{\d+\}|<\/?\d+\/?>|#/g;

/** The catalogue after a look at all sources, which is not written. */
async function catalogue(): Promise<SaveData> {
  const opened: ReturnType<StorageFactory>[] = [];
  const storage = inMemory();
  await noteTexts((options) => {
    const made = storage(options);
    opened.push(made);
    return made;
  });
  const kept = await opened[0]!;
  return (await kept.load()) as SaveData;
}

it('every text of the sources has a German one with the same values', async () => {
  const { items } = await catalogue();
  const used = items.filter(({ references }) => references.length > 0);
  const wrong = used.filter(({ translations }) => {
    const [english = [], german = []] = [translations.get('en'), translations.get('de')];
    const places = (text = ''): string => [...new Set(text.match(PLACEHOLDER))].sort().join();
    return (
      german.length !== english.length ||
      german.some((text, form) => text === '' || places(text) !== places(english[form]))
    );
  });
  expect(wrong.map(({ translations }) => translations.get('en'))).toEqual([]);
  expect(used.length).toBeGreaterThan(1000);
});

it('sentences of errors, titles and choices of them are found with numbered values', () => {
  const source = `
    throw new TesseraError('input', \`\${name} is empty.\`, most ? 'Take another.' : \`Take \${most} of it.\`);
    const FILE_MENU = [{ id: 'file.open', title: 'Open…' }];
    const HINT = 'Choose another one.';
    call('not a text', { label: 'plain' });
  `;
  expect(sentences(source, 'core/commands/file.ts').map(({ msgStr }) => msgStr[0])).toEqual([
    '{0} is empty.',
    'Take another.',
    'Take {0} of it.',
    'Open…',
    'Choose another one.',
    'plain',
  ]);
});

it('keys, styles and names for programs are no texts of the window', () => {
  const inScript = (text: string): boolean =>
    isText({
      msgStr: [text],
      plural: false,
      placeholders: [],
      type: 'message',
      details: { file: '', scope: 'script', insideProgram: true },
    }) === 'message';
  expect(['Fill', 'row {0}, column {1}', '{0} tokens', 'not used yet'].every(inScript)).toBe(true);
  expect(
    ['Enter', 'ArrowLeft', '{0}px', 'translate(1px, 2px)', 'fill.run', 'a', '[role=tab] button'].some(
      inScript,
    ),
  ).toBe(false);
});
