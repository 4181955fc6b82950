/** What went wrong, coarsely enough for a program to act on. */
export type ErrorCode =
  | 'usage' // the command or request itself is wrong
  | 'input' // a file or value given by the user cannot be used
  | 'package' // a model package is broken or does not fit
  | 'output' // a result could not be written
  | 'limit' // something is larger or smaller than we accept
  | 'aborted' // stopped on request
  | 'internal'; // a defect of ours

/** The shape in which errors cross process borders and reach `--json`. */
export interface ErrorShape {
  readonly code: ErrorCode;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do about it, where there is something to do. */
  readonly hint?: string;
}

/** The one error that users may see. Anything else that is thrown is a defect and is shown as 'internal'. */
export class TesseraError extends Error implements ErrorShape {
  override readonly name = 'TesseraError';
  readonly code: ErrorCode;
  readonly hint?: string;

  constructor(code: ErrorCode, message: string, hint?: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    if (hint !== undefined) this.hint = hint;
  }
}

/** The longest sentence that people are shown, in characters; a path or a name inside is cut in its middle. */
const LONGEST = 200;

/**
 * Any thrown value as an {@link ErrorShape}. Any other error than ours is a defect; the words of a library
 * are left out, since they help only programmers. Never throws.
 */
export function toErrorShape(error: unknown): ErrorShape {
  if (!(error instanceof TesseraError)) {
    return { code: 'internal', message: 'Something inside Tessera failed that should not have.' };
  }
  const { code, message, hint } = error;
  return { code, message: brief(message), ...(hint !== undefined && { hint: brief(hint) }) };
}

/** What would break a line, hide text or turn it around: names in files of others may hold anything. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line, and without its middle where it is too long. */
function brief(given: string): string {
  const text = given.replace(UNSEEN, '\ufffd');
  if (text.length <= LONGEST) return text;
  const end = LONGEST >> 1;
  return `${text.slice(0, LONGEST - 1 - end)}…${text.slice(-end)}`;
}

/** An error as it was before it crossed a border. */
export function fromErrorShape({ code, message, hint }: ErrorShape): TesseraError {
  return new TesseraError(code, message, hint);
}
