import { z } from 'zod';
import type { Outcome } from '../../../core/contract/bridge.ts';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import { schemaPath } from '../../../core/base/schema.ts';
import type { MainApi, MainMethod } from '../../../core/contract/mainApi.ts';
import { PARAMS } from './schemas.ts';

/** What answers each method; the params have passed their schema. */
export type Handlers = {
  readonly [M in MainMethod]: (
    params: MainApi[M]['params'],
  ) => MainApi[M]['result'] | Promise<MainApi[M]['result']>;
};

const messageSchema = z.strictObject({ method: z.string(), params: z.unknown() });

/** Answers one message of the window; whatever goes wrong becomes an outcome. */
export async function answer(handlers: Handlers, message: unknown): Promise<Outcome<unknown>> {
  try {
    const { method, params } = parse(messageSchema, message, 'a message');
    if (!isMethod(method)) throw new TesseraError('usage', `There is no method called "${method}".`);
    return { ok: await handle(handlers, method, params) };
  } catch (error) {
    return { error: toErrorShape(error) };
  }
}

function handle(handlers: Handlers, method: MainMethod, params: unknown): unknown {
  const handler = handlers[method] as (params: unknown) => unknown; // takes what its schema lets through
  const schema: z.ZodType = PARAMS[method];
  return handler(parse(schema, params, method));
}

function isMethod(method: string): method is MainMethod {
  return Object.hasOwn(PARAMS, method);
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const path = schemaPath(error.issues[0]!.path);
  const where = path === '' ? '' : ` (${path})`;
  throw new TesseraError('usage', `The window sent ${what} with a value that does not fit${where}.`);
}
