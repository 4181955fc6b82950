import { describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../../core/base/errors.ts';
import { idsOfPrompt, readWords, type Vocabulary } from '../../../../core/model/vocabulary.ts';

const VOCABULARY: Vocabulary = [
  ['brick', 'bricks', 'brickwork'],
  ['wall'],
  ['grass', 'lawn'],
  ['sky', 'heaven'],
  ['people', 'crowd'],
  ['cup', 'glass of water'],
  ['water'],
  ['leaves', 'leaf'],
];

const known = (prompt: string, most = 4): number[] => [...readWords(VOCABULARY, most, prompt).ids];

describe('readWords', () => {
  it('finds words, what means the same, and plurals, whatever their capitals and what stands between them', () => {
    expect(known('Brick wall')).toEqual([1, 2, 0, 0]);
    expect(known('a LAWN, with crowds under the skies-heaven')).toEqual([3, 5, 0, 0]);
    expect(known('walls; leaf')).toEqual([2, 8, 0, 0]);
  });

  it('takes each word once, and words that mean something together as one', () => {
    expect(known('bricks brickwork brick')).toEqual([1, 0, 0, 0]);
    expect(known('a glass of water on grass')).toEqual([6, 3, 0, 0]);
    expect(known('water')).toEqual([7, 0, 0, 0]);
  });

  it('tells how many there are, and which are beyond the most', () => {
    const { ids, reading } = readWords(VOCABULARY, 2, 'a brick wall, grass and sky');
    expect([...ids]).toEqual([1, 2]);
    expect(reading).toEqual({ tokens: 2, most: 2, cut: 'grass sky', unknown: [] });
  });

  it('names what it does not know once, with what is near it', () => {
    const { reading } = readWords(VOCABULARY, 4, 'a brik wall and a brik gras');
    expect(reading.tokens).toBe(1);
    expect(reading.unknown?.map(({ word }) => word)).toEqual(['brik', 'gras']);
    expect(reading.unknown?.map(({ near }) => near[0])).toEqual(['brick', 'grass']);
  });

  it('reads nothing in nothing', () => {
    expect(readWords(VOCABULARY, 2, ' … ').reading).toEqual({ tokens: 0, most: 2, cut: '', unknown: [] });
  });
});

describe('idsOfPrompt', () => {
  it('is refused where no word is known, with what is near the first', () => {
    const refused = (): Int32Array => idsOfPrompt(VOCABULARY, 4, 'the crowb elephant');
    expect(refused).toThrow();
    try {
      refused();
    } catch (error) {
      const { code, message, hint } = toErrorShape(error);
      expect([code, message]).toEqual(['usage', 'The model knows no "crowb".']);
      expect(hint).toMatch(/^Near it are: people/);
    }
  });

  it('leaves out what is unknown beside what is known, and takes nothing of nothing', () => {
    expect([...idsOfPrompt(VOCABULARY, 2, 'elephant wall')]).toEqual([2, 0]);
    expect([...idsOfPrompt(VOCABULARY, 2, '')]).toEqual([0, 0]);
  });
});
