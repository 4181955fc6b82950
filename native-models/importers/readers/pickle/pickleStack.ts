import { damaged, PickleProblem } from './pickleBytes.ts';
import { Opaque } from './values.ts';

const MOST_ON_STACK = 1_000_000;
const MOST_REMEMBERED = 1_000_000;
const MOST_MARKS = 1000;

const MARK = Symbol('mark');

/** The values that a pickle is putting together, and those that it remembers by a number. */
export class PickleStack {
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #marks = 0;

  /** @throws PickleProblem where more is held than any checkpoint needs */
  check(): void {
    if (this.#stack.length > MOST_ON_STACK || this.#memo.size > MOST_REMEMBERED)
      throw new PickleProblem('its list of tensors is far too large');
  }

  get isEmpty(): boolean {
    return this.#stack.length === 0;
  }

  /** How many values are remembered. */
  get remembered(): number {
    return this.#memo.size;
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  /** Marks where the parts of a container begin. */
  mark(): void {
    if (++this.#marks > MOST_MARKS) throw new PickleProblem('its list of tensors is nested too deeply');
    this.#stack.push(MARK);
  }

  /** Drops the top, or what lies above the last mark where that is on top. */
  drop(): void {
    if (this.#stack.at(-1) === MARK) this.popMarked();
    else this.pop();
  }

  pop(): unknown {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw damaged();
    return value;
  }

  popMany(count: number): unknown[] {
    const values = this.#stack.splice(Math.max(0, this.#stack.length - count), count);
    if (values.length < count || values.includes(MARK)) throw damaged();
    return values;
  }

  popMarked(): unknown[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw damaged();
    const values = this.#stack.splice(at);
    values.shift();
    this.#marks--;
    return values;
  }

  /** Drops what lies between the last mark and the top, and keeps the top. */
  beneathMarked(): void {
    const top = this.#stack.pop();
    this.popMarked();
    this.#stack.push(top);
  }

  top(): unknown {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw damaged();
    return value;
  }

  remember(key: number): void {
    if (!Number.isSafeInteger(key) || key < 0) throw damaged();
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) throw damaged();
    this.#stack.push(this.#memo.get(key));
  }

  /** Adds values to the list on top. */
  append(values: readonly unknown[]): void {
    const target = this.top();
    if (target instanceof Opaque) return;
    if (!Array.isArray(target)) throw damaged();
    for (const value of values) target.push(value);
  }

  /** Adds names and values, in turn, to the dictionary on top. */
  setItems(items: readonly unknown[]): void {
    const target = this.top();
    if (target instanceof Opaque) return;
    if (!(target instanceof Map)) throw damaged();
    setItems(target, items);
  }
}

/** Python keeps the last of two equal keys; a checkpoint never has two, so one that does is a trick. */
export function setItems(map: Map<unknown, unknown>, items: readonly unknown[]): void {
  if (items.length % 2 !== 0) throw damaged();
  for (let i = 0; i < items.length; i += 2) {
    if (map.has(items[i])) throw new PickleProblem('it holds the same name twice');
    map.set(items[i], items[i + 1]);
  }
}
