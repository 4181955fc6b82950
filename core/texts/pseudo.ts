const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = Array.from('åƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ');

/** What stands in a text for a value or an element: `{0}`, `<0>`, `</0>`. */
const PLACEHOLDER = /(\{\d+\}|<\/?\d+\/?>)/;

/** German takes about a third more room than English. */
const GROWTH = 0.35;

/** A text of the catalogue as the pseudo-locale has it: `Open…` becomes `[Öþéñ…··]`. Placeholders stay. */
export function pseudoText(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  return `[${pseudoLetters(text)}${'·'.repeat(Math.ceil(text.length * GROWTH))}]`;
}

/** The same without brackets, for a part of a text. */
export function pseudoLetters(text: string): string {
  return text
    .split(PLACEHOLDER)
    .map((part, index) => (index % 2 === 1 ? part : Array.from(part, accented).join('')))
    .join('');
}

function accented(letter: string): string {
  return ACCENTED[PLAIN.indexOf(letter)] ?? letter;
}
