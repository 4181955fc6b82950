/** What is forged, and how often. All of it can be cloned, since it goes into the page. */
export interface Forging {
  readonly methods: readonly string[];
  /** Params that would do, by method: most payloads are these with something wrong. */
  readonly templates: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly count: number;
}

/** What became of forged messages. */
export interface Outcomes {
  readonly answered: number;
  readonly results: number;
  /** Answers that no person should see: defects, and messages that are no short sentence. */
  readonly bad: readonly string[];
}

/**
 * Sends random and nearly right messages to a helper's port, or to main where there is none, and waits for all answers.
 * It runs in the page, so it holds all that it needs.
 */
export async function forge(port: MessagePort | null, forging: Forging): Promise<Outcomes> {
  const { methods, templates, seed, count } = forging;
  const AT_ONCE = 500; // a file that was never granted is waited for, 2 s
  const LONGEST = 200; // characters
  const PATIENCE = 30_000; // ms

  /** mulberry32 */
  const numbers = (state: number) => (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };

  function junk(next: () => number, depth = 0): unknown {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    const nested = (levels: number): unknown => {
      let value: unknown = 1;
      for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { a: value };
      return value;
    };
    const plain: (() => unknown)[] = [
      ...[null, undefined, true, 0, -0, -1, 0.5, NaN, Infinity, 2 ** 31, 2 ** 53, 1e308].map((v) => () => v),
      ...['', '\0', '../../etc/passwd', '/', '\u202e', '\ud800', '{"format":1}', '{', 'null'].map(
        (v) => () => v,
      ),
      () => 'x'.repeat(1 + Math.floor(next() * 20_000)),
      () => '['.repeat(20_000),
      () => crypto.randomUUID(),
      () => 2n ** 64n,
      () => new Date(NaN),
      () => new Map([[ring, ring]]),
      () => /x/,
      () => new Uint8Array(Math.floor(next() * 2000)),
      () => new Float64Array(7).subarray(2, 3),
      () => new ArrayBuffer(9),
      () => new Array<undefined>(1000),
      () => Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])),
      (): unknown =>
        JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
      () => ring,
      () => nested(200),
      () => new Error('not one of ours'),
    ];
    const pick = Math.floor(next() * (plain.length + 3));
    if (pick < plain.length || depth > 3) return plain[pick % plain.length]!();
    const items = Array.from({ length: Math.floor(next() * 5) }, () => junk(next, depth + 1));
    return pick % 2 ? items : Object.fromEntries(items.map((item, i) => [`field${i}`, item]));
  }

  /** A value with one part of it made wrong. */
  function spoiled(value: unknown, next: () => number): unknown {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || next() < 0.15)
      return junk(next);
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    const keys = Object.keys(copy);
    const key = keys[Math.floor(next() * keys.length)] ?? 'more';
    const what = next();
    if (what < 0.2) Reflect.deleteProperty(copy, key);
    else if (what < 0.3) copy.more = junk(next);
    else copy[key] = spoiled(copy[key], next);
    return copy;
  }

  function payload(i: number): readonly [string, unknown] {
    const next = numbers(seed + i * 7919);
    next();
    const method = methods[Math.floor(next() * methods.length)]!;
    const kind = next();
    if (kind < 0.03) return [String(junk(next)).slice(0, 5000), junk(next)];
    if (kind < 0.25) return [method, junk(next)];
    const good = structuredClone(templates[method] ?? null);
    return [method, kind < 0.35 ? good : spoiled(good, next)];
  }

  /** The error of an answer; null where it was a result. */
  async function send(i: number): Promise<unknown> {
    const [method, params] = payload(i);
    if (port === null) {
      const { tessera } = window as unknown as {
        tessera: { call(method: string, params: unknown): Promise<{ error?: unknown }> };
      };
      return (await tessera.call(method, params)).error ?? null;
    }
    const id = 1e9 + i; // beside those of the page
    return new Promise((resolve) => {
      port.addEventListener('message', function hear({ data }: MessageEvent<Record<string, unknown>>) {
        if (data.id !== id || data.kind === 'progress') return;
        port.removeEventListener('message', hear);
        resolve(data.error ?? null);
      });
      for (const odd of [junk(numbers(seed + i)), { kind: 'abort', id: -i }, { kind: 'call', method }]) {
        if (i % 10 === 0) port.postMessage(odd);
      }
      port.postMessage({ kind: 'call', id, method, params });
    });
  }

  const outcomes = { answered: 0, results: 0, bad: [] as string[] };
  async function one(i: number): Promise<void> {
    let error: unknown;
    try {
      error = await Promise.race([
        send(i),
        new Promise((resolve) => setTimeout(resolve, PATIENCE, { code: 'none', message: 'No answer came.' })),
      ]);
    } catch {
      outcomes.answered++; // what cannot be cloned does not leave the page
      return;
    }
    const { code, message, hint = '.' } = (error ?? {}) as Record<string, string>;
    if (code !== 'none') outcomes.answered++;
    if (error === null) outcomes.results++;
    else if (!['usage', 'input', 'limit', 'package', 'output', 'aborted'].includes(code!))
      outcomes.bad.push(`${payload(i)[0].slice(0, 40)} ${code}: ${message}`);
    else if (![message!, hint].every((text) => text.length <= LONGEST && !text.includes('\n')))
      outcomes.bad.push(message!);
  }

  port?.start();
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => one(from + i)));
  }
  return outcomes;
}
