import { damaged, op, PickleBytes, PickleProblem } from './pickleBytes.ts';
import { PickleStack, setItems } from './pickleStack.ts';
import { readScalar } from './scalars.ts';
import { Name, Opaque, Tuple, type PickleWorld } from './values.ts';

const MOST_OPCODES = 2_000_000; // some 60 a tensor, also for an optimizer's

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
  readonly #stack = new PickleStack();

  constructor(input: PickleBytes, world: PickleWorld) {
    this.#in = input;
    this.#world = world;
  }

  run(): { value: unknown; end: number } {
    const [input, stack] = [this.#in, this.#stack];
    const push = (value: unknown): void => {
      stack.push(value);
    };
    for (let count = 0; count < MOST_OPCODES; count++) {
      const code = input.uint8();
      if (code === op('.')) {
        const value = stack.pop();
        if (!stack.isEmpty) throw damaged();
        return { value, end: input.position };
      }
      if (!readScalar(code, input, push) && !this.#container(code) && !this.#object(code)) throw damaged();
      stack.check();
    }
    throw new PickleProblem('its list of tensors is far too long');
  }

  #container(code: number): boolean {
    const stack = this.#stack;
    switch (code) {
      case op('('):
        stack.mark();
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
        stack.push(new Tuple(stack.popMarked()));
        return true;
      case 0x85:
      case 0x86:
      case 0x87:
        stack.push(new Tuple(stack.popMany(code - 0x84)));
        return true;
      case op('l'):
        stack.push(stack.popMarked());
        return true;
      case op('d'): {
        const items = stack.popMarked();
        const map = new Map<unknown, unknown>();
        setItems(map, items);
        stack.push(map);
        return true;
      }
      case 0x91: // FROZENSET
        stack.popMarked();
        stack.push(new Opaque('frozenset'));
        return true;
      case op('a'):
        stack.append(stack.popMany(1));
        return true;
      case op('e'):
      case 0x90: // ADDITEMS
        stack.append(stack.popMarked());
        return true;
      case op('s'):
        stack.setItems(stack.popMany(2));
        return true;
      case op('u'):
        stack.setItems(stack.popMarked());
        return true;
      case op('0'):
        stack.drop();
        return true;
      case op('1'):
        stack.popMarked();
        return true;
      default:
        return this.#memory(code);
    }
  }

  #memory(code: number): boolean {
    const stack = this.#stack;
    switch (code) {
      case op('p'):
        stack.remember(Number(this.#in.decimal()));
        return true;
      case op('q'):
        stack.remember(this.#in.uint8());
        return true;
      case op('r'):
        stack.remember(this.#in.uint32());
        return true;
      case 0x94:
        stack.remember(stack.remembered);
        return true;
      case op('g'):
        stack.recall(Number(this.#in.decimal()));
        return true;
      case op('h'):
        stack.recall(this.#in.uint8());
        return true;
      case op('j'):
        stack.recall(this.#in.uint32());
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
        const [module, name] = stack.popMany(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw damaged();
        stack.push(new Name(`${module}.${name}`));
        return true;
      }
      case op('R'): // REDUCE
      case 0x81: {
        // NEWOBJ
        const [callee, args] = stack.popMany(2);
        stack.push(this.#construct(callee, args));
        return true;
      }
      case 0x92: {
        // NEWOBJ_EX
        const [callee] = stack.popMany(3);
        stack.push(new Opaque(callee instanceof Name ? callee.text : ''));
        return true;
      }
      case op('i'): // INST
        stack.push(new Opaque(`${this.#in.line()}.${this.#in.line()}`));
        stack.beneathMarked();
        return true;
      case op('o'): {
        const [callee] = stack.popMarked();
        stack.push(new Opaque(callee instanceof Name ? callee.text : ''));
        return true;
      }
      case op('b'): // BUILD: a state is attributes of Python objects, of which we keep none
        stack.pop();
        if (stack.isEmpty) throw damaged();
        return true;
      case op('Q'):
        stack.push(this.#world.persistent(stack.pop()));
        return true;
      default:
        return false;
    }
  }

  #construct(callee: unknown, args: unknown): unknown {
    if (!(callee instanceof Name)) return new Opaque('');
    if (!(args instanceof Tuple)) throw damaged();
    return this.#world.construct(callee.text, args.items) ?? new Opaque(callee.text);
  }
}
