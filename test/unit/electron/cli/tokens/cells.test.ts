import { describe, expect, it } from 'vitest';
import { parseCells, parseReplace, parseSet } from '../../../../../electron/cli/tokens/cells.ts';

describe('cells on the command line', () => {
  it('reads one, a block, whole rows and all', () => {
    expect(parseCells('--pin', '3,5')).toEqual({ rows: [3, 3], columns: [5, 5] });
    expect(parseCells('--pin', '2-4,0-7')).toEqual({ rows: [2, 4], columns: [0, 7] });
    expect(parseCells('--pin', '2,all')).toEqual({ rows: [2, 2], columns: null });
    expect(parseCells('--pin', 'all')).toEqual({ rows: null, columns: null });
  });

  it.each([
    '',
    '3',
    '3,',
    ',5',
    '3;5',
    '-1,2',
    '1,2,3',
    '1.5,2',
    '1-,2',
    '9999999,1',
    'ALL',
    'all,',
    'all,all,all',
  ])('refuses "%s"', (text) => {
    expect(() => parseCells('--pin', text)).toThrow(`--pin takes cells, and "${text}" names none.`);
  });

  it('refuses a block that ends before it starts', () => {
    expect(() => parseCells('--pin', '4-2,0')).toThrow('ends before it starts');
  });

  it('reads --set and --replace', () => {
    expect(parseSet('3,5=17')).toEqual({ kind: 'set', cells: { rows: [3, 3], columns: [5, 5] }, id: 17 });
    expect(parseReplace('17=42')).toEqual({ kind: 'replace', from: [17], to: 42 });
    expect(parseReplace('17,3=42')).toEqual({ kind: 'replace', from: [17, 3], to: 42 });
  });

  it.each(['3,5', '3,5=', '3,5=x', '3,5=-1', '3,5=1=2', '=3'])('refuses --set %s', (text) => {
    expect(() => parseSet(text)).toThrow('--set takes');
  });

  it.each(['1', '1=', '=1', '1=2=3', 'a=b', '1,=2', '1=2,3'])('refuses --replace %s', (text) => {
    expect(() => parseReplace(text)).toThrow('--replace takes');
  });
});
