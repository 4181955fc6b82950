import type { z } from 'zod';
import type { EngineMethod, ParamsOf } from '../../core/contract/engineApi.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { engineSchemas } from '../../core/contract/schemas/engineSchemas.ts';
import { firstIssue } from '../../core/base/schema.ts';
import type { Call, Handler, Handlers } from './handler.ts';
import type { Answer } from './rpc/server.ts';

/**
 * Answers the methods of EngineApi: checks the params against the method's schema and hands them to its handler.
 *
 * @param handlers of those methods that this process answers
 *
 * Throws 'usage' for a method that there is none of here, and for params that do not fit.
 */
export function answerBy(handlers: Partial<Handlers>): Answer {
  return (method, params, call) => {
    const handler = isMethod(method) ? (handlers[method] as Handler<EngineMethod> | undefined) : undefined;
    if (!handler) return Promise.reject(new TesseraError('usage', `The engine cannot do "${method}".`));
    return answerMethod(handler, method as EngineMethod, params, call);
  };
}

async function answerMethod(
  handler: Handler<EngineMethod>,
  method: EngineMethod,
  params: unknown,
  call: Call<unknown>,
): Promise<unknown> {
  return handler(checked(method, params), call);
}

function isMethod(method: string): method is EngineMethod {
  return Object.hasOwn(engineSchemas, method);
}

function checked<M extends EngineMethod>(method: M, params: unknown): ParamsOf<M> {
  const schema: z.ZodType<ParamsOf<M>> = engineSchemas[method];
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error, 'what it is given');
  throw new TesseraError('usage', `"${method}" cannot be done: ${issue}.`);
}
