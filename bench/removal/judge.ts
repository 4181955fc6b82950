import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { createRng } from '../../core/base/rng.ts';
import type { Result } from './measures.ts';

const keySchema = z.object({
  rows: z.array(z.object({ name: z.string(), order: z.array(z.string()) })), // from the left, after original and mask
});

/** Which method made which fill of a sheet. */
export type Key = z.infer<typeof keySchema>;

/** A key with the methods of each row in random order. */
export function keyOf(results: readonly Result[], seed: number): Key {
  const rng = createRng(seed);
  return {
    rows: results.map(({ of: { name }, made }) => {
      const order = made.map(({ method }) => method);
      for (let i = order.length - 1; i > 0; i--) {
        const j = rng.below(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return { name, order };
    }),
  };
}

export function writeKey(sheet: string, key: Key): void {
  writeFileSync(keyPath(sheet), `${JSON.stringify(key, null, 2)}\n`);
}

const keyPath = (sheet: string): string => `${sheet}.key.json`;

/** Asks for the best fill of each row, by its place from 1, and prints how often each method was chosen. */
export async function judge(sheet: string, input: Readable, output: Writable): Promise<number> {
  const { rows } = keySchema.parse(JSON.parse(readFileSync(keyPath(sheet), 'utf8')));
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const tally = new Map<string, number>();
  for (const method of rows[0]?.order.slice().sort() ?? []) tally.set(method, 0);
  let undecided = 0;
  for (const [i, { name, order }] of rows.entries()) {
    const chosen = await ask(
      `row ${i + 1} (${name}), the best of 1 to ${order.length}, or 0 for none: `,
      order.length,
    );
    if (chosen === null) break;
    const method = order[chosen - 1];
    if (method === undefined) undecided++;
    else tally.set(method, tally.get(method)! + 1);
  }
  for (const [method, count] of tally) output.write(`${String(count).padStart(4)}  ${method}\n`);
  if (undecided > 0) output.write(`${String(undecided).padStart(4)}  none\n`);
  return 0;

  /** A number from 0 to `most`, asked for again until there is one; null when there are no more lines. */
  async function ask(question: string, most: number): Promise<number | null> {
    for (;;) {
      output.write(question);
      const line = await lines.next();
      if (line.done === true) return null;
      const text = line.value.trim();
      if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
    }
  }
}
