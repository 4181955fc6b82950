import { PickleBytes, PickleProblem } from './pickleBytes.ts';
import { Name, Opaque, Tuple, type PickleWorld } from './values.ts';

const MOST_OPCODES = 2_000_000; // some 60 a tensor, also for an optimizer's
const MOST_ON_STACK = 1_000_000;
const MOST_REMEMBERED = 1_000_000;
const MOST_MARKS = 1000;

const MARK = Symbol('mark');
const op = (character: string): number => character.charCodeAt(0);

/**
 * Reads one pickle (protocols 0 to 5, Python's `pickletools`) as data. Nothing of Python is looked up or called: names
 * that `world` does not know become {@link Opaque}. Lists are arrays, dictionaries are maps, None is null.
 *
 * @returns the value, and where the pickle ends
 * @throws PickleProblem if the pickle is broken, too large, or uses what checkpoints never do
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  world: PickleWorld,
): { value: unknown; end: number } {
  const machine = new Unpickler(new PickleBytes(bytes, start), world);
  return machine.run();
}

class Unpickler {
  readonly #in: PickleBytes;
  readonly #world: PickleWorld;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #marks = 0;

  constructor(input: PickleBytes, world: PickleWorld) {
    this.#in = input;
    this.#world = world;
  }

  run(): { value: unknown; end: number } {
    for (let count = 0; count < MOST_OPCODES; count++) {
      const code = this.#in.uint8();
      if (code === op('.')) {
        const value = this.#pop();
        if (this.#stack.length > 0) throw new PickleProblem('its list of tensors is damaged');
        return { value, end: this.#in.position };
      }
      if (!this.#scalar(code) && !this.#container(code) && !this.#object(code))
        throw new PickleProblem('its list of tensors is damaged');
      if (this.#stack.length > MOST_ON_STACK || this.#memo.size > MOST_REMEMBERED)
        throw new PickleProblem('its list of tensors is far too large');
    }
    throw new PickleProblem('its list of tensors is far too long');
  }

  #scalar(code: number): boolean {
    const input = this.#in;
    const stack = this.#stack;
    switch (code) {
      case 0x80: // PROTO
        if (input.uint8() > 5) throw new PickleProblem('it was written by a newer Python than is known here');
        return true;
      case 0x95: // FRAME
        input.take(8);
        return true;
      case op('N'):
        stack.push(null);
        return true;
      case 0x88:
      case 0x89:
        stack.push(code === 0x88);
        return true;
      case op('K'):
        stack.push(input.uint8());
        return true;
      case op('M'):
        stack.push(input.uint16());
        return true;
      case op('J'):
        stack.push(input.int32());
        return true;
      case 0x8a:
        stack.push(input.integer(input.uint8()));
        return true;
      case 0x8b:
        stack.push(input.integer(input.uint32()));
        return true;
      case op('G'):
        stack.push(input.float64());
        return true;
      case op('X'):
        stack.push(input.text(input.uint32()));
        return true;
      case 0x8c:
        stack.push(input.text(input.uint8()));
        return true;
      case 0x8d:
        stack.push(input.text(input.length64()));
        return true;
      case op('U'):
        stack.push(input.latin1(input.uint8()));
        return true;
      case op('T'):
        stack.push(input.latin1(input.uint32()));
        return true;
      case op('C'):
        stack.push(input.data(input.uint8()));
        return true;
      case op('B'):
        stack.push(input.data(input.uint32()));
        return true;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        stack.push(input.data(input.length64()));
        return true;
      default:
        return this.#textScalar(code);
    }
  }

  /** The opcodes of protocol 0, whose arguments are lines of text. */
  #textScalar(code: number): boolean {
    const input = this.#in;
    switch (code) {
      case op('I'): {
        const before = input.position;
        const line = input.line();
        if (line === '00' || line === '01') this.#stack.push(line === '01');
        else {
          input.position = before;
          this.#stack.push(input.decimal());
        }
        return true;
      }
      case op('L'):
        this.#stack.push(input.decimal());
        return true;
      case op('F'):
        this.#stack.push(Number(input.line()));
        return true;
      case op('S'):
        this.#stack.push(unescape(input.line().replace(/^(['"])(.*)\1$/, '$2')));
        return true;
      case op('V'):
        this.#stack.push(unescape(input.line()));
        return true;
      default:
        return false;
    }
  }

  #container(code: number): boolean {
    const stack = this.#stack;
    switch (code) {
      case op('('):
        if (++this.#marks > MOST_MARKS) throw new PickleProblem('its list of tensors is nested too deeply');
        stack.push(MARK);
        return true;
      case op(']'):
        stack.push([]);
        return true;
      case op('}'):
        stack.push(new Map());
        return true;
      case 0x8f: // EMPTY_SET
        stack.push(new Opaque('set'));
        return true;
      case op(')'):
        stack.push(new Tuple([]));
        return true;
      case op('t'):
        stack.push(new Tuple(this.#popMarked()));
        return true;
      case 0x85:
      case 0x86:
      case 0x87:
        stack.push(new Tuple(this.#popMany(code - 0x84)));
        return true;
      case op('l'):
        stack.push(this.#popMarked());
        return true;
      case op('d'): {
        const items = this.#popMarked();
        const map = new Map<unknown, unknown>();
        setItems(map, items);
        stack.push(map);
        return true;
      }
      case 0x91: // FROZENSET
        this.#popMarked();
        stack.push(new Opaque('frozenset'));
        return true;
      case op('a'):
        append(this.#beneath(this.#popMany(1)));
        return true;
      case op('e'):
      case 0x90: // ADDITEMS
        append(this.#beneath(this.#popMarked()));
        return true;
      case op('s'):
        setOn(this.#beneath(this.#popMany(2)));
        return true;
      case op('u'):
        setOn(this.#beneath(this.#popMarked()));
        return true;
      case op('0'):
        if (stack.at(-1) === MARK) this.#popMarked();
        else this.#pop();
        return true;
      case op('1'):
        this.#popMarked();
        return true;
      default:
        return this.#memory(code);
    }
  }

  #memory(code: number): boolean {
    switch (code) {
      case op('p'):
        this.#remember(Number(this.#in.decimal()));
        return true;
      case op('q'):
        this.#remember(this.#in.uint8());
        return true;
      case op('r'):
        this.#remember(this.#in.uint32());
        return true;
      case 0x94:
        this.#remember(this.#memo.size);
        return true;
      case op('g'):
        this.#recall(Number(this.#in.decimal()));
        return true;
      case op('h'):
        this.#recall(this.#in.uint8());
        return true;
      case op('j'):
        this.#recall(this.#in.uint32());
        return true;
      default:
        return false;
    }
  }

  #object(code: number): boolean {
    const stack = this.#stack;
    switch (code) {
      case op('c'):
        stack.push(new Name(`${this.#in.line()}.${this.#in.line()}`));
        return true;
      case 0x93: {
        const [module, name] = this.#popMany(2);
        if (typeof module !== 'string' || typeof name !== 'string')
          throw new PickleProblem('its list of tensors is damaged');
        stack.push(new Name(`${module}.${name}`));
        return true;
      }
      case op('R'): // REDUCE
      case 0x81: {
        // NEWOBJ
        const [callee, args] = this.#popMany(2);
        stack.push(this.#construct(callee, args));
        return true;
      }
      case 0x92: {
        // NEWOBJ_EX
        const [callee] = this.#popMany(3);
        stack.push(new Opaque(callee instanceof Name ? callee.text : ''));
        return true;
      }
      case op('i'): // INST
        stack.push(new Opaque(`${this.#in.line()}.${this.#in.line()}`));
        this.#beneathMarked();
        return true;
      case op('o'): {
        const [callee] = this.#popMarked();
        stack.push(new Opaque(callee instanceof Name ? callee.text : ''));
        return true;
      }
      case op('b'): // BUILD: a state is attributes of Python objects, of which we keep none
        this.#pop();
        if (stack.length === 0) throw new PickleProblem('its list of tensors is damaged');
        return true;
      case op('Q'):
        stack.push(this.#world.persistent(this.#pop()));
        return true;
      default:
        return false;
    }
  }

  #construct(callee: unknown, args: unknown): unknown {
    if (!(callee instanceof Name)) return new Opaque('');
    if (!(args instanceof Tuple)) throw new PickleProblem('its list of tensors is damaged');
    return this.#world.construct(callee.text, args.items) ?? new Opaque(callee.text);
  }

  #pop(): unknown {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw new PickleProblem('its list of tensors is damaged');
    return value;
  }

  #popMany(count: number): unknown[] {
    const values = this.#stack.splice(Math.max(0, this.#stack.length - count), count);
    if (values.length < count || values.includes(MARK))
      throw new PickleProblem('its list of tensors is damaged');
    return values;
  }

  #popMarked(): unknown[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw new PickleProblem('its list of tensors is damaged');
    const values = this.#stack.splice(at);
    values.shift();
    this.#marks--;
    return values;
  }

  /** Drops what lies between the last mark and the top, and keeps the top. */
  #beneathMarked(): void {
    const top = this.#stack.pop();
    this.#popMarked();
    this.#stack.push(top);
  }

  #beneath(values: unknown[]): { target: unknown; values: unknown[] } {
    const target = this.#stack.at(-1);
    if (target === undefined || target === MARK) throw new PickleProblem('its list of tensors is damaged');
    return { target, values };
  }

  #remember(key: number): void {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK || !Number.isSafeInteger(key) || key < 0)
      throw new PickleProblem('its list of tensors is damaged');
    this.#memo.set(key, value);
  }

  #recall(key: number): void {
    if (!this.#memo.has(key)) throw new PickleProblem('its list of tensors is damaged');
    this.#stack.push(this.#memo.get(key));
  }
}

function append({ target, values }: { target: unknown; values: unknown[] }): void {
  if (target instanceof Opaque) return;
  if (!Array.isArray(target)) throw new PickleProblem('its list of tensors is damaged');
  for (const value of values) target.push(value);
}

function setOn({ target, values }: { target: unknown; values: unknown[] }): void {
  if (target instanceof Opaque) return;
  if (!(target instanceof Map)) throw new PickleProblem('its list of tensors is damaged');
  setItems(target, values);
}

/** Python keeps the last of two equal keys; a checkpoint never has two, so one that does is a trick. */
function setItems(map: Map<unknown, unknown>, items: readonly unknown[]): void {
  if (items.length % 2 !== 0) throw new PickleProblem('its list of tensors is damaged');
  for (let i = 0; i < items.length; i += 2) {
    if (map.has(items[i])) throw new PickleProblem('it holds the same name twice');
    map.set(items[i], items[i + 1]);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Undoes the backslashes of Python's `repr`. */
function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g,
    (_, byte?: string, unit?: string, other?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return ESCAPES[other!] ?? other!;
    },
  );
}
