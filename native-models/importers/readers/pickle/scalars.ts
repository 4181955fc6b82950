import { op, type PickleBytes, PickleProblem } from './pickleBytes.ts';

/** Reads the argument of an opcode that stands for one number, text or run of bytes; says whether it is one. */
export function readScalar(code: number, input: PickleBytes, push: (value: unknown) => void): boolean {
  switch (code) {
    case 0x80: // PROTO
      if (input.uint8() > 5) throw new PickleProblem('it was written by a newer Python than is known here');
      return true;
    case 0x95: // FRAME
      input.take(8);
      return true;
    case op('N'):
      push(null);
      return true;
    case 0x88:
    case 0x89:
      push(code === 0x88);
      return true;
    case op('K'):
      push(input.uint8());
      return true;
    case op('M'):
      push(input.uint16());
      return true;
    case op('J'):
      push(input.int32());
      return true;
    case 0x8a:
      push(input.integer(input.uint8()));
      return true;
    case 0x8b:
      push(input.integer(input.uint32()));
      return true;
    case op('G'):
      push(input.float64());
      return true;
    case op('X'):
      push(input.text(input.uint32()));
      return true;
    case 0x8c:
      push(input.text(input.uint8()));
      return true;
    case 0x8d:
      push(input.text(input.length64()));
      return true;
    case op('U'):
      push(input.latin1(input.uint8()));
      return true;
    case op('T'):
      push(input.latin1(input.uint32()));
      return true;
    case op('C'):
      push(input.data(input.uint8()));
      return true;
    case op('B'):
      push(input.data(input.uint32()));
      return true;
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
      push(input.data(input.length64()));
      return true;
    default:
      return readTextScalar(code, input, push);
  }
}

/** The opcodes of protocol 0, whose arguments are lines of text. */
function readTextScalar(code: number, input: PickleBytes, push: (value: unknown) => void): boolean {
  switch (code) {
    case op('I'): {
      const before = input.position;
      const line = input.line();
      if (line === '00' || line === '01') push(line === '01');
      else {
        input.position = before;
        push(input.decimal());
      }
      return true;
    }
    case op('L'):
      push(input.decimal());
      return true;
    case op('F'):
      push(Number(input.line()));
      return true;
    case op('S'):
      push(unescape(input.line().replace(/^(['"])(.*)\1$/, '$2')));
      return true;
    case op('V'):
      push(unescape(input.line()));
      return true;
    default:
      return false;
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
