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

/** Any thrown value as an {@link ErrorShape}; unknown errors keep their message but become 'internal'. */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof TesseraError) {
    const { code, message, hint } = error;
    return hint === undefined ? { code, message } : { code, message, hint };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** An error as it was before it crossed a border. */
export function fromErrorShape({ code, message, hint }: ErrorShape): TesseraError {
  return new TesseraError(code, message, hint);
}
