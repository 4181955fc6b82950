/** Makes broken and malicious checkpoints; every one is small, whatever it claims to hold. */

export interface ZipOptions {
  readonly method?: number;
  readonly flags?: number;
  readonly claimedSize?: number;
  readonly claimedOffset?: number;
  readonly localName?: string;
  readonly count?: number;
}

export const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
export const u64 = (value: bigint | number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return bytes;
};

/** A zip archive of stored entries; the options say what its last entry lies about. */
export function zip(entries: readonly (readonly [string, Buffer])[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  entries.forEach(([name, data], i) => {
    const lies = i === entries.length - 1 ? options : {};
    const head = (flags: number, size: number): Buffer =>
      Buffer.concat([u16(flags), u16(lies.method ?? 0), u32(0), u32(0), u32(size), u32(size)]);
    const size = lies.claimedSize ?? data.length;
    const flags = lies.flags ?? 0;
    const local = lies.localName ?? name;
    const start = Buffer.concat([
      u32(0x04034b50),
      u16(20),
      head(flags, data.length),
      u16(local.length),
      u16(0),
      Buffer.from(local),
    ]);
    directory.push(
      u32(0x02014b50),
      u16(20),
      u16(20),
      head(flags, size),
      u16(name.length),
      u16(0),
      u16(0),
      u16(0),
      u16(0),
      u32(0),
      u32(lies.claimedOffset ?? offset),
      Buffer.from(name),
    );
    parts.push(start, data);
    offset += start.length + data.length;
  });
  const table = Buffer.concat(directory);
  const count = options.count ?? entries.length;
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(count),
    u16(count),
    u32(table.length),
    u32(offset),
    u16(0),
  ];
  return Buffer.concat([...parts, table, ...end]);
}

export const proto = Buffer.of(0x80, 2);
export const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from('X'), u32(Buffer.byteLength(value)), Buffer.from(value)]);
export const int = (value: number): Buffer => {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return Buffer.concat([Buffer.from('J'), bytes]);
  }
  return Buffer.concat([Buffer.of(0x8a, 8), u64(BigInt(value))]);
};
export const name = (module: string, symbol: string): Buffer => Buffer.from(`c${module}\n${symbol}\n`);
export const tuple = (...items: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]);
export const call = (callee: Buffer, ...args: Buffer[]): Buffer =>
  Buffer.concat([callee, tuple(...args), Buffer.from('R')]);
export const dict = (...pairs: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('}('), ...pairs, Buffer.from('u')]);
export const pickle = (...body: Buffer[]): Buffer => Buffer.concat([proto, ...body, Buffer.from('.')]);

export interface TensorClaims {
  readonly elements?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly key?: string;
}

/** A tensor as PyTorch pickles it; without claims it has 4 elements. */
export function tensor(claims: TensorClaims = {}): Buffer {
  return call(name('torch._utils', '_rebuild_tensor_v2'), ...tensorArguments(claims));
}

/** What a tensor is rebuilt from. */
export function tensorArguments(claims: TensorClaims = {}): Buffer[] {
  const { elements = 4, offset = 0, shape = [4], strides = [1], key = '0' } = claims;
  const id = tuple(text('storage'), name('torch', 'FloatStorage'), text(key), text('cpu'), int(elements));
  const storage = Buffer.concat([id, Buffer.from('Q')]);
  const hooks = Buffer.concat([name('collections', 'OrderedDict'), Buffer.from(')R')]);
  const no = Buffer.of(0x89);
  return [storage, int(offset), tuple(...shape.map(int)), tuple(...strides.map(int)), no, hooks];
}

/** A file of PyTorch's newer layout around a pickle and a storage of 16 bytes. */
export function torchFile(list: Buffer, options: ZipOptions = {}): Buffer {
  return zip(
    [
      ['a/data.pkl', list],
      ['a/data/0', Buffer.alloc(16, 1)],
    ],
    options,
  );
}

export function safetensorsFile(header: unknown, data = Buffer.alloc(16), claimed?: number | bigint): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return Buffer.concat([u64(claimed ?? json.length), json, data]);
}
