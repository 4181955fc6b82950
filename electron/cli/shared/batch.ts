import { throwIfAborted } from '../../../core/base/abort.ts';
import { type ErrorShape, toErrorShape } from '../../../core/base/errors.ts';
import type { Context } from './context.ts';
import { table } from './text.ts';

/** What became of one input: the command's own info, or an error. */
export type Outcome<T> =
  | ({ readonly input: string; readonly ok: true } & T)
  | { readonly input: string; readonly ok: false; readonly error: ErrorShape };

/**
 * Works on one input after the other and goes on after a failure, except after a stop. Says how many were done where
 * there are several.
 *
 * @param verb what was done to them, such as "filled"
 */
export async function eachInput<T extends object>(
  inputs: readonly string[],
  { reporter, signal }: Context,
  verb: string,
  work: (input: string, index: number) => Promise<T>,
): Promise<readonly Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  for (const [index, input] of inputs.entries()) {
    try {
      throwIfAborted(signal);
      outcomes.push({ input, ok: true, ...(await work(input, index)) });
    } catch (error) {
      const shape = toErrorShape(error);
      outcomes.push({ input, ok: false, error: shape });
      reporter.fail(error, input);
      if (shape.code === 'aborted') break;
    }
  }
  if (inputs.length > 1) {
    const done = outcomes.filter(({ ok }) => ok).length;
    const failed = inputs.length - done;
    const wrong = outcomes.flatMap((outcome) =>
      outcome.ok ? [] : [[outcome.input, outcome.error.message] as const],
    );
    if (wrong.length > 0) reporter.say(table(wrong));
    reporter.say(`${done} of ${inputs.length} ${verb}${failed === 0 ? '' : `, ${failed} not`}.`);
  }
  return outcomes;
}

/** `photo.jpg`, or `2/5 photo.jpg` where there are several. */
export function labelOf(input: string, index: number, count: number): string {
  return count === 1 ? input : `${index + 1}/${count} ${input}`;
}
