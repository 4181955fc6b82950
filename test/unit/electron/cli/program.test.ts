import { describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../../core/base/errors.ts';
import { parseCommandLine } from '../../../../electron/cli/program.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '), '1.2.3', 80);

function choiceOf(line: string) {
  const parsed = parse(line);
  if (parsed.kind !== 'choice') throw new Error(`"${line}" gave text`);
  return parsed.choice;
}

function textOf(line: string): string {
  const parsed = parse(line);
  if (parsed.kind !== 'text') throw new Error(`"${line}" gave a command`);
  return parsed.text;
}

function errorOf(line: string) {
  try {
    parse(line);
  } catch (error) {
    return toErrorShape(error);
  }
  throw new Error(`"${line}" was accepted`);
}

describe('the command line', () => {
  it('gives fill its defaults', () => {
    const { command, options } = choiceOf('fill photo.jpg --mask mask.png --out result.png');
    expect(command).toBe('fill');
    expect(options).toEqual({
      pictures: ['photo.jpg'],
      mask: 'mask.png',
      out: 'result.png',
      force: false,
      metadata: 'keep',
      damaged: false,
      invert: false,
      skipExisting: false,
      grow: 0,
      feather: 0,
      detail: 1,
      texture: 0.75,
      preset: 'balanced',
      candidates: 1,
      provider: 'auto',
      json: false,
      quiet: false,
    });
  });

  it('understands every option of fill', () => {
    const { options } = choiceOf(
      'fill a.png b.png -m masks/ -o out/ -f --invert --grow -3 --feather 5 --detail 0.5 --texture 0 --scale 1.5 --quality 80 ' +
        '--keep-tokens tokens/ --page 2 --damaged --mask-label #FF0000 --server https://a.example --server-certificate me.pem --metadata no-location --preset fine --seed 4294967295 --candidates 8 --tries 8 --engines 2 --steps 20 --order purity ' +
        '--schedule linear --temperature .9 --top-k 50 --top-p 0.8 --truncation 0.86 --gumbel 4.5 ' +
        '--remasking loop:0.02:0.4:0.9 -p other --provider cuda --threads 2 --json -q',
    );
    expect(options).toEqual({
      pictures: ['a.png', 'b.png'],
      mask: 'masks/',
      out: 'out/',
      force: true,
      invert: true,
      skipExisting: false,
      grow: -3,
      feather: 5,
      detail: 0.5,
      texture: 0,
      scale: 1.5,
      quality: 80,
      keepTokens: 'tokens/',
      page: 2,
      damaged: true,
      server: ['https://a.example'],
      tries: 8,
      engines: 2,
      serverCertificate: 'me.pem',
      maskLabel: '#ff0000',
      metadata: 'no-location',
      preset: 'fine',
      seed: { seed: 4294967295, first: 0, isOwn: false },
      candidates: 8,
      steps: 20,
      order: 'purity',
      schedule: 'linear',
      temperature: 0.9,
      topK: 50,
      topP: 0.8,
      truncation: 0.86,
      gumbel: 4.5,
      remasking: { kind: 'loop', eta: 0.02, from: 0.4, to: 0.9 },
      package: 'other',
      provider: 'cuda',
      threads: 2,
      json: true,
      quiet: true,
    });
  });

  it('keeps the changes of tokens in their order', () => {
    const { options } = choiceOf('tokens g.json --pin 1,2 --set 0-1,3=7 --erase all --replace 7=9 -o h.json');
    expect(options).toMatchObject({
      file: 'g.json',
      edits: [
        { kind: 'pin', cells: { rows: [1, 1], columns: [2, 2] } },
        { kind: 'set', cells: { rows: [0, 1], columns: [3, 3] }, id: 7 },
        { kind: 'erase', cells: { rows: null, columns: null } },
        { kind: 'replace', from: [7], to: 9 },
      ],
    });
  });

  it.each(['outpaint p.png --left 8 -o o.png', 'encode p.png -o t.json', 'decode t.json -o p.png'])(
    'knows "%s"',
    (line) => {
      expect(choiceOf(line).command).toBe(line.split(' ')[0]);
    },
  );

  it.each(['packages', 'info', 'info photo.jpg', 'demo', 'tokens grid.npy'])('knows "%s"', (line) => {
    expect(choiceOf(line).command).toBe(line.split(' ')[0]);
  });

  it('answers questions about itself', () => {
    expect(textOf('--version')).toBe('1.2.3\n');
    expect(textOf('')).toContain('Usage: tessera COMMAND');
    expect(textOf('--help')).toBe(textOf(''));
    expect(textOf('help fill')).toBe(textOf('fill --help'));
    expect(textOf('fill --help')).toContain('--candidates <N>');
    expect(textOf('fill --help')).not.toContain('default: false');
  });

  it.each([
    ['fil', "Unknown command 'fil'.", 'Did you mean fill?'],
    ['help nothing', 'There is no command "nothing".', 'See "tessera help" for what there is.'],
    ['tokens', "Missing required argument 'FILE'.", 'See "tessera help tokens".'],
    ['fill p -m m -o o --sed 1', "Unknown option '--sed'.", 'Did you mean --seed?'],
    ['--nonsense', "Unknown option '--nonsense'.", 'See "tessera help" for what there is.'],
  ])('explains what is wrong with "%s"', (line, message, hint) => {
    expect(errorOf(line)).toEqual({ code: 'usage', message, hint });
  });

  it.each([
    'fill p -o o',
    'fill p -m m',
    'fill p -m m -o o --seed',
    'packages extra',
    'tokens',
    'tokens a b',
    'tokens a --fill',
    'tokens a --set 1,1=2',
    'tokens t.json --candidates 2',
    'tokens t.json --erase 1,1 -o o.json --seed 3',
    'outpaint p -o o',
    'outpaint p -o o --left 0',
    'outpaint p -o o --left -1',
    'outpaint p -o o --left 30001',
    'decode t',
  ])('refuses "%s"', (line) => {
    const { code, message } = errorOf(line);
    expect(code).toBe('usage');
    expect(message).toMatch(/^[A-Z-].*\.$/);
  });
});
