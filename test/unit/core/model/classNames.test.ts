import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { classNamed } from '../../../../core/model/classNames.ts';

const NAMES = ['tench', 'golden retriever', 'flat-coated retriever', 'barn', 'crane', 'crane'];

function hintFor(words: string): string {
  try {
    classNamed(NAMES, words);
  } catch (error) {
    if (error instanceof TesseraError) return `${error.message} ${error.hint}`;
  }
  return '';
}

describe('classNamed', () => {
  it('finds a kind by its name, whatever its capitals and spaces; of two alike the first', () => {
    expect(classNamed(NAMES, ' Golden  Retriever ')).toBe(1);
    expect(classNamed(NAMES, 'crane')).toBe(4);
  });

  it('names the nearest ones where there is none, those with a word in common first', () => {
    expect(hintFor('retriever')).toBe(
      'The model knows no "retriever". Near it are: golden retriever, flat-coated retriever, tench.',
    );
    expect(hintFor('burn')).toMatch(/^The model knows no "burn"\. Near it are: barn, /);
  });
});
