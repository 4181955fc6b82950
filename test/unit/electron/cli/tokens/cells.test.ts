import { describe, expect, it } from 'vitest';
import { parseCells, parseReplace, parseSet } from '../../../../../electron/cli/tokens/cells.ts';
import { parseRemasking } from '../../../../../electron/cli/shared/remasking.ts';

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

describe('--remasking', () => {
  it('reads every kind', () => {
    expect(parseRemasking('none')).toEqual({ kind: 'none' });
    expect(parseRemasking('cap:0.05')).toEqual({ kind: 'cap', eta: 0.05 });
    expect(parseRemasking('rescale:0.1')).toEqual({ kind: 'rescale', eta: 0.1 });
    expect(parseRemasking('conf:1')).toEqual({ kind: 'conf', eta: 1 });
    const loop = { kind: 'loop', eta: 0.02, from: 0.4, to: 0.9 };
    expect(parseRemasking('loop:0.02:0.4:0.9')).toEqual(loop);
    expect(parseRemasking('loop:0.02:0.4:0.9:0.8')).toEqual({ ...loop, alpha: 0.8 });
  });

  it.each([
    '',
    'never',
    'cap',
    'none:1',
    'cap:2',
    'cap:x',
    'loop:0.1',
    'loop:0.1:0.9:0.4',
    'loop:0.1:0:1',
    'loop:0.1:0.4:0.9:1',
  ])('refuses "%s"', (text) => {
    expect(() => parseRemasking(text)).toThrow(/remasking/);
  });
});
