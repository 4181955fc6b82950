import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { exitCodeOf } from '../../../../../electron/cli/shared/report.ts';
import { createReporter } from '../../../../../electron/cli/shared/reporter.ts';
import { errorLine } from '../../../../../electron/cli/shared/sentence.ts';
import { recorder } from '../support.ts';

const missing = new TesseraError('input', 'There is no file "a".', 'Check the path.');

describe('errorLine', () => {
  it('is one line, whatever the message holds', () => {
    const line = errorLine({ code: 'input', message: 'bad\r\n\tname \u001b[31m', hint: 'try again' });
    expect(line).toBe('tessera: bad name [31m. try again.\n');
  });

  it('says that a defect is one, and how to see more', () => {
    expect(errorLine({ code: 'internal', message: 'x is undefined' })).toMatch(
      /^tessera: x is undefined\. This is a defect of Tessera; TESSERA_DEBUG=1 .*\.\n$/,
    );
  });
});

describe('exitCodeOf', () => {
  it('gives the worst outcome', () => {
    const error = (code: 'input' | 'usage' | 'aborted') => ({ code, message: '' });
    expect(exitCodeOf([])).toBe(0);
    expect(exitCodeOf([error('input')])).toBe(1);
    expect(exitCodeOf([error('input'), error('usage')])).toBe(2);
    expect(exitCodeOf([error('input'), error('aborted')])).toBe(130);
  });
});

describe('the reporter', () => {
  it('speaks to people: results on stdout, the rest on stderr', () => {
    const terminal = recorder();
    const reporter = createReporter(terminal, { json: false, quiet: false });
    reporter.say('result.png');
    reporter.note('The CPU is used.');
    reporter.note('The CPU is used.');
    reporter.fail(missing);
    expect(reporter.finish('fill', '1.0.0', {})).toBe(1);
    expect(terminal.stdout).toBe('result.png\n');
    expect(terminal.stderr).toBe(
      'tessera: The CPU is used.\ntessera: There is no file "a". Check the path.\n',
    );
  });

  it('prints one JSON object and nothing else on stdout', () => {
    const terminal = recorder();
    const reporter = createReporter(terminal, { json: true, quiet: false });
    reporter.say('result.png');
    reporter.note('The CPU is used.');
    reporter.fail(missing, 'a');
    reporter.finish('fill', '1.0.0', { seed: 7 });
    expect(JSON.parse(terminal.stdout)).toEqual({
      tessera: '1.0.0',
      command: 'fill',
      ok: false,
      exitCode: 1,
      seed: 7,
      messages: ['The CPU is used.'],
      errors: [{ code: 'input', message: 'There is no file "a".', hint: 'Check the path.', input: 'a' }],
    });
  });

  it('says only errors when it is to be quiet', () => {
    const terminal = recorder({ interactive: true });
    const reporter = createReporter(terminal, { json: false, quiet: true });
    reporter.say('result.png');
    reporter.note('The CPU is used.');
    reporter.bar.show({ label: 'a', done: 1, total: 2 });
    expect(reporter.finish('fill', '1.0.0', {})).toBe(0);
    expect(terminal.stdout + terminal.stderr).toBe('');
  });

  it('shows stacks only where they were asked for', () => {
    const plain = recorder();
    const debugging = recorder({ debug: true });
    const error = new Error('broken', { cause: new Error('deeper') });
    for (const terminal of [plain, debugging]) {
      createReporter(terminal, { json: false, quiet: false }).fail(error);
    }
    expect(plain.stderr.split('\n')).toHaveLength(2);
    expect(debugging.stderr).toMatch(/at .*reporter\.test\.ts/);
    expect(debugging.stderr).toContain('caused by Error: deeper');
  });
});
