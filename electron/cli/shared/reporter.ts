import { toErrorShape } from '../../../core/base/errors.ts';
import type { Terminal } from './terminal.ts';
import { progressBar, type ProgressBar } from './progressBar.ts';
import { exitCodeOf, type Report, type ReportError, type ReportFields } from './report.ts';
import { errorLine } from './sentence.ts';

/** How much is said, and in which form. */
export interface Verbosity {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Everything that a command says goes through here, so that stdout holds results and nothing else. */
export interface Reporter {
  /** A result for a person; `--quiet` and `--json` leave it out. */
  say(text: string): void;
  /** Something worth knowing that is no failure; said once. */
  note(text: string): void;
  /** An error: one line on stderr, and an entry of the report. */
  fail(error: unknown, input?: string): void;
  readonly bar: ProgressBar;
  readonly failures: number;
  /** Prints the report where `--json` asked for it, and gives the exit code. */
  finish(command: string, version: string, fields: ReportFields): number;
}

export function createReporter(terminal: Terminal, { json, quiet }: Verbosity): Reporter {
  const messages: string[] = [];
  const errors: ReportError[] = [];
  const bar = progressBar(quiet ? { ...terminal, interactive: false } : terminal);

  return {
    bar,
    get failures() {
      return errors.length;
    },
    say(text) {
      bar.clear();
      if (!json && !quiet) terminal.out(`${text}\n`);
    },
    note(text) {
      if (messages.includes(text)) return;
      messages.push(text);
      bar.clear();
      if (!quiet) terminal.err(`tessera: ${text}\n`);
    },
    fail(error, input) {
      const shape = toErrorShape(error);
      errors.push(input === undefined ? shape : { ...shape, input });
      bar.clear();
      terminal.err(errorLine(shape));
      if (terminal.debug && error instanceof Error) terminal.err(`${stackOf(error)}\n`);
    },
    finish(command, version, fields) {
      bar.clear();
      const exitCode = exitCodeOf(errors);
      const ok = errors.length === 0;
      const report: Report = { tessera: version, command, ok, exitCode, ...fields, messages, errors };
      if (json) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
      return exitCode;
    },
  };
}

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackOf(error.cause)}` : stack;
}
