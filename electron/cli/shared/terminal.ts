import type { Writable } from 'node:stream';

/** Where a command writes, and what it may know of the other side; tests pass one that keeps the text. */
export interface Terminal {
  out(text: string): void; // results
  err(text: string): void; // everything else
  readonly interactive: boolean; // a person watches stderr, so lines may be redrawn in place
  readonly columns: number; // characters per line of stderr
  readonly debug: boolean; // TESSERA_DEBUG=1: errors come with their stack
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  survivePipe(process.stdout);
  survivePipe(process.stderr);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY,
    get columns() {
      return process.stderr.columns || 80;
    },
    debug: process.env.TESSERA_DEBUG === '1',
  };
}

/** `tessera … | head` closes the pipe early; that is no failure of ours. */
function survivePipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
