import type { ErrorShape } from '../../../core/base/errors.ts';

const DEFECT = 'This is a defect of Tessera; TESSERA_DEBUG=1 shows where it happened.';

/** An error as the one line that a person reads: `tessera: what is wrong. what to do.` */
export function errorLine(error: ErrorShape): string {
  return `tessera: ${asSentences(error)}\n`;
}

/** What is wrong and what to do, in one line. */
export function asSentences(error: ErrorShape): string {
  const hint = error.hint ?? (error.code === 'internal' ? DEFECT : undefined);
  return asSentence(error.message) + (hint === undefined ? '' : ` ${asSentence(hint)}`);
}

/** One line, whatever the text held; paths and library messages may hold line breaks and control characters. */
function asSentence(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not reach the terminal
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}
