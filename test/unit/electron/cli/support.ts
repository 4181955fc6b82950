import type { Terminal } from '../../../../electron/cli/shared/terminal.ts';

/** A terminal that keeps what is written to it. */
export interface Recorder extends Terminal {
  readonly stdout: string;
  readonly stderr: string;
}

export function recorder(facts: Partial<Terminal> = {}): Recorder {
  let stdout = '';
  let stderr = '';
  return {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    interactive: facts.interactive ?? false,
    columns: facts.columns ?? 80,
    debug: facts.debug ?? false,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
