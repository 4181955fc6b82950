import type { EngineSpec } from '../engines/messages.ts';
import type { Reporter, Verbosity } from './reporter.ts';
import type { ReportFields } from './report.ts';

/** What every command gets besides its own options. */
export interface Context {
  readonly root: string; // the folder that holds package.json
  readonly version: string;
  readonly args: readonly string[]; // the command line
  readonly engine: EngineSpec | null; // which of several this process is; null for the one that a person started
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
}

/** The part of a command that does the work; its file is loaded only when the command runs. */
export interface Work<Options> {
  run(context: Context, options: Options): Promise<ReportFields>;
}

/** What a command line asks for, once it has been understood. */
export interface Choice {
  readonly command: string;
  readonly options: Verbosity;
  run(context: Context): Promise<ReportFields>;
}

/** How the definition of a command hands over what was parsed. */
export type Choose = <Options extends Verbosity>(
  command: string,
  options: Options,
  load: () => Promise<Work<Options>>,
) => void;
