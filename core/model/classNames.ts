import { TesseraError } from '../base/errors.ts';

const SUGGESTED = 3;

/**
 * Which of the kinds of pictures that a model knows is called so; capitals and spaces do not matter.
 *
 * @throws TesseraError 'usage' that names the nearest ones where none is
 */
export function classNamed(names: readonly string[], words: string): number {
  const wanted = plain(words);
  const exact = names.findIndex((name) => plain(name) === wanted);
  if (exact >= 0) return exact;
  throw new TesseraError(
    'usage',
    `The model knows no "${words.trim().slice(0, 40)}".`,
    `Near it are: ${nearestNames(names, words).join(', ')}.`,
  );
}

/** The names most like what was said: those that share a word first, then by how many letters differ. */
export function nearestNames(names: readonly string[], said: string): string[] {
  const wanted = plain(said);
  const words = new Set(wanted.split(' '));
  const rank = (name: string): number => {
    const shared = plain(name)
      .split(' ')
      .filter((word) => words.has(word)).length;
    return editDistance(plain(name), wanted) - 100 * shared;
  };
  const ranked = names.map((name) => ({ name, at: rank(name) })).sort((a, b) => a.at - b.at);
  return [...new Set(ranked.map(({ name }) => name))].slice(0, SUGGESTED);
}

function plain(name: string): string {
  return name.toLowerCase().trim().replace(/\s+/g, ' ');
}

/** How many letters must be put in, left out or changed (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
