/** A text with values for `{0}`, `{1}` …, in English, and what it is in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/** What turns an English text into another language. What is not in the catalogue stays English. */
export type Translate = (english: string) => string;

/**
 * A language for texts that were made where no language is known: sentences of errors, titles of commands. Each is looked up
 * as it is, then by the templates that it may have been made from; its values are looked up too.
 *
 * @param write makes the text of a template of the catalogue; left out, it is what stands there
 */
export function translator(
  catalogue: Catalogue,
  write: (english: string) => string = (english) => catalogue[english] ?? english,
): Translate {
  let templates: readonly Template[] | null = null; // made when a text is first looked for among them
  const translate: Translate = (english) => {
    if (english === '') return '';
    if (Object.hasOwn(catalogue, english)) return write(english);
    templates ??= templatesOf(Object.keys(catalogue));
    for (const { template, shape, places } of templates) {
      const found = shape.exec(english);
      if (found === null) continue;
      const values = new Map(places.map((place, index) => [place, translate(found[index + 1]!)]));
      return write(template).replace(/\{(\d+)\}/g, (whole, place: string) => values.get(place) ?? whole);
    }
    return english;
  };
  return translate;
}

interface Template {
  readonly template: string;
  readonly shape: RegExp;
  readonly places: readonly string[]; // the number of each value, in the order of the text
  readonly words: number; // letters that are not values
}

/** Those that say more come first, so that a short one does not swallow the text of a long one. */
function templatesOf(texts: readonly string[]): Template[] {
  return texts
    .flatMap((template) => {
      const parts = template.split(/\{(\d+)\}/);
      const literal = parts.filter((_, index) => index % 2 === 0);
      const words = literal.join('').replace(/[^\p{L}]/gu, '').length;
      if (parts.length === 1 || words < FEWEST_LETTERS) return [];
      const shape = new RegExp(`^${literal.map(escaped).join('(.*?)')}$`, 's');
      return [{ template, shape, places: parts.filter((_, index) => index % 2 === 1), words }];
    })
    .sort((a, b) => b.words - a.words);
}

/** A template with fewer letters of its own fits texts that were not made from it. */
const FEWEST_LETTERS = 4;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
