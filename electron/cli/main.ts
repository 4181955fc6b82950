import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TesseraError, toErrorShape } from '../../core/base/errors.ts';
import { engineHere } from './engines/processes.ts';
import { parentReporter } from './engines/serve.ts';
import type { Choice, Context } from './shared/context.ts';
import { createReporter } from './shared/reporter.ts';
import { EXIT, type ReportFields } from './shared/report.ts';
import { parseCommandLine } from './program.ts';
import { processTerminal, type Terminal } from './shared/terminal.ts';

/** Where Tessera's own files are: the checkout, or the installed application. */
export interface Project {
  readonly root: string; // the folder that holds package.json
}

/**
 * Runs one command line. Never throws: whatever goes wrong is one line on stderr and an exit code.
 *
 * @returns the exit code: 0 done, 1 something failed, 2 the command line is wrong, 130 stopped by Ctrl+C
 */
export async function main(
  args: string[],
  { root }: Project,
  terminal: Terminal = processTerminal(),
): Promise<number> {
  const version = versionOf(root);
  try {
    const parsed = parseCommandLine(args, version, terminal.columns);
    if (parsed.kind === 'choice') return await runChoice(parsed.choice, { root, version, args }, terminal);
    terminal.out(parsed.text);
    return EXIT.ok;
  } catch (error) {
    const reporter = createReporter(terminal, { json: args.includes('--json'), quiet: false });
    reporter.fail(error);
    return reporter.finish(args[0] ?? '', version, {});
  }
}

async function runChoice(
  choice: Choice,
  called: Pick<Context, 'root' | 'version' | 'args'>,
  terminal: Terminal,
): Promise<number> {
  const engine = engineHere();
  const reporter = engine ? parentReporter() : createReporter(terminal, choice.options);
  const interrupts = watchInterrupts();
  try {
    const fields = await fieldsOf(choice, { ...called, engine, signal: interrupts.signal, reporter });
    return reporter.finish(choice.command, called.version, fields);
  } finally {
    interrupts.release();
  }
}

/** The command's part of the report; a command that fails as a whole has none. */
async function fieldsOf(choice: Choice, context: Context): Promise<ReportFields> {
  try {
    return await choice.run(context);
  } catch (error) {
    context.reporter.fail(context.signal.aborted ? stopped(error) : error);
    return {};
  }
}

/** After Ctrl+C, whatever a library threw on its way out was the stop. */
function stopped(error: unknown): unknown {
  return toErrorShape(error).code === 'internal' ? new TesseraError('aborted', 'Stopped.') : error;
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Ctrl+C as an AbortSignal: the first one stops the work cleanly, the second one ends the process. */
interface Interrupts {
  readonly signal: AbortSignal;
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    release(); // node's own handling is back, so a second one ends the process at once
  };
  const release = () => {
    for (const name of SIGNALS) process.off(name, stop);
  };
  for (const name of SIGNALS) process.on(name, stop);
  return { signal: controller.signal, release };
}
