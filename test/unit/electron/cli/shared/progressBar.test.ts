import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock, formatProgress, progressBar } from '../../../../../electron/cli/shared/progressBar.ts';
import { recorder } from '../support.ts';

describe('formatProgress', () => {
  it('shows what is done, steps and the time left', () => {
    expect(formatProgress({ label: 'photo.jpg', done: 3, total: 12 }, 9000, 60)).toBe(
      'photo.jpg  [######-----------------]  3/12 steps  0:09 left',
    );
  });

  it('leaves out a time that is not known', () => {
    expect(formatProgress({ label: 'a', done: 0, total: 4 }, null, 30)).toBe('a  [-------------]  0/4 steps');
  });

  it('never reaches the last column, and keeps the steps where there is room for them', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.nat(100),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 200 }),
        (label, done, total, columns) => {
          const line = formatProgress({ label, done: Math.min(done, total), total }, 1000, columns);
          expect(line.length).toBeLessThan(Math.max(columns, 1));
          if (columns > 40) expect(line).toContain(`/${total} steps`);
        },
      ),
    );
  });
});

describe('formatClock', () => {
  it.each([
    [0, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [3_723_000, '1:02:03'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatClock(milliseconds)).toBe(text);
  });
});

describe('progressBar', () => {
  it('says nothing where nobody watches', () => {
    const terminal = recorder();
    const bar = progressBar(terminal);
    bar.show({ label: 'a', done: 1, total: 2 });
    bar.clear();
    expect(terminal.stderr).toBe('');
  });

  it('redraws one line in place, not too often, and takes it away', () => {
    const terminal = recorder({ interactive: true });
    let time = 0;
    const bar = progressBar(terminal, () => time);
    bar.show({ label: 'a', done: 0, total: 10 });
    time = 5000; // reading and encoding: no measure for the steps
    bar.show({ label: 'a', done: 1, total: 10 });
    time = 5010;
    bar.show({ label: 'a', done: 2, total: 10 });
    time = 5200;
    bar.show({ label: 'a', done: 3, total: 10 });
    bar.clear();
    bar.clear();
    const draws = terminal.stderr.split('\r\u001b[K');
    expect(draws).toHaveLength(5);
    expect(draws[1]).toContain('0/10 steps');
    expect(draws[2]).toMatch(/1\/10 steps$/);
    expect(draws[3]).toContain('3/10 steps  0:01 left');
    expect(draws[4]).toBe('');
    expect(terminal.stderr).not.toContain('\n');
  });

  it('draws the last step at once', () => {
    const terminal = recorder({ interactive: true });
    const bar = progressBar(terminal, () => 0);
    bar.show({ label: 'a', done: 1, total: 2 });
    bar.show({ label: 'a', done: 2, total: 2 });
    expect(terminal.stderr).toContain('2/2 steps');
  });
});
