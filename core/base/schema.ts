import { z } from 'zod';
import { parsePlainJson } from './json.ts';

// Helpers for what comes from files and other processes. Messages complete the sentence "<place> must be ...".

z.config({ customError: expectation });

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** What a schema that has no words of its own expects. */
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? 'of another kind';
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'unrecognized_keys':
      return `without ${issue.keys.join(', ')}`;
    default:
      return 'of another kind';
  }
}

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

/** Reads JSON. @param invalid makes the error for a text that is no JSON, or nests too deeply */
export function parseJson(json: string, invalid: (cause: unknown) => Error): unknown {
  try {
    return parsePlainJson(json);
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
