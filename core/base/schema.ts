import { z } from 'zod';

// Helpers for what comes from files and other processes. Messages complete the sentence "<place> must be ...".

export const text = z.string('a text');

/** A whole number in a range. */
export function whole(min: number, max?: number, expected = rangeText('a whole number', min, max)) {
  const schema = z.int(expected).min(min, expected);
  return max === undefined ? schema : schema.max(max, expected);
}

/** A number in a range. */
export function between(min: number, max: number, expected = rangeText('a number', min, max)) {
  return z.number(expected).min(min, expected).max(max, expected);
}

function rangeText(what: string, min: number, max?: number): string {
  return max === undefined ? `${what} of at least ${min}` : `${what} from ${min} to ${max}`;
}

/** Reads JSON. @param invalid makes the error for a text that is no JSON */
export function parseJson(json: string, invalid: (cause: unknown) => Error): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw invalid(cause);
  }
}

const formatSchema = z.object({ format: z.int() });

/**
 * The format of a file that only newer versions read, or null. It is asked before anything else is checked: a newer format may
 * differ everywhere, and the advice is another one.
 */
export function newerFormat(value: unknown, newest: number): number | null {
  const format = formatSchema.safeParse(value).data?.format;
  return format !== undefined && format > newest ? format : null;
}

/** What a schema found wrong first, as a clause: `width must be a whole number from 1 to 4096`. */
export function firstIssue({ issues }: z.ZodError, root = 'all of it'): string {
  const { path, message } = issues[0]!;
  return `${schemaPath(path) || root} must be ${message}`;
}

/** Where in a JSON value a schema found something wrong: `["files", "a.onnx", "bytes"]` as `files["a.onnx"].bytes`. */
export function schemaPath(path: readonly PropertyKey[]): string {
  let out = '';
  for (const key of path) {
    if (typeof key === 'number') out += `[${key}]`;
    else if (/^[A-Za-z]\w*$/.test(String(key))) out += out ? `.${String(key)}` : String(key);
    else out += `[${JSON.stringify(String(key))}]`;
  }
  return out;
}
