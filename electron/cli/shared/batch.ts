import { throwIfAborted } from '../../../core/base/abort.ts';
import { type ErrorShape, toErrorShape } from '../../../core/base/errors.ts';
import type { Context } from './context.ts';
import { table } from './text.ts';

/** What became of one input: the command's own info, or an error. */
export type Outcome<T> =
  | ({ readonly input: string; readonly ok: true } & T)
  | { readonly input: string; readonly ok: false; readonly error: ErrorShape };

/** How many inputs are worked on. */
export interface Batch<T> {
  /** Hears of what was done, in the order of the inputs. */
  readonly tell?: (done: T) => void;
  readonly atOnce?: number; // inputs; 1 where it is left out
}

/**
 * Works on one input after the other, or on several at once, and goes on after a failure, except after a stop. What comes of them
 * is told in their order. Says how many were done where there are several.
 *
 * @param verb what was done to them, such as "filled"
 */
export async function eachInput<T extends object>(
  inputs: readonly string[],
  { reporter, signal }: Context,
  verb: string,
  work: (input: string, index: number) => Promise<T>,
  { tell, atOnce = 1 }: Batch<T> = {},
): Promise<readonly Outcome<T>[]> {
  const found = new Map<number, { readonly done: T } | { readonly error: unknown }>();
  const outcomes: Outcome<T>[] = [];
  let next = 0;
  let told = 0;
  let stops = 0;
  const isStopped = (): boolean => stops > 0;

  /** Tells what is there of what comes next in order; when all `isOver`, what was not begun is left out. */
  function tellFound(isOver: boolean): void {
    for (; told < inputs.length && (isOver || found.has(told)); told++) {
      const input = inputs[told]!;
      const one = found.get(told);
      if (!one) continue;
      if ('done' in one) {
        outcomes.push({ input, ok: true, ...one.done });
        tell?.(one.done);
      } else {
        outcomes.push({ input, ok: false, error: toErrorShape(one.error) });
        reporter.fail(one.error, input);
      }
    }
  }

  async function worker(): Promise<void> {
    while (next < inputs.length && !isStopped()) {
      const index = next++;
      try {
        throwIfAborted(signal);
        found.set(index, { done: await work(inputs[index]!, index) });
      } catch (error) {
        if (toErrorShape(error).code === 'aborted') {
          if (isStopped()) return; // one of them says so
          stops++;
        }
        found.set(index, { error });
      }
      tellFound(false);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker));
  tellFound(true);
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
