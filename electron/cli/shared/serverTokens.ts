import { MAX_TOKEN } from '../../../core/base/limits.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { readBytes } from '../../io/files/readBytes.ts';
import type { ModelOptions } from './options.ts';

/** The token for a server; undefined where it has none. */
export type TokenOf = (url: string) => string | undefined;

const VARIABLE = 'TESSERA_SERVER_TOKEN';
const LARGEST = 1 << 20; // bytes of a file with tokens
const LINE = /^(\S+)\s+([\x21-\x7e]+)$/;

/**
 * The tokens of servers: each goes to its own one alone.
 *
 * @throws TesseraError 'usage' where it is not plain which server a token is for, 'input' for a file of tokens that cannot be read
 */
export async function serverTokens(
  { server = [], serverTokens: file }: Pick<ModelOptions, 'server' | 'serverTokens'>,
  single: string | undefined = process.env[VARIABLE],
): Promise<TokenOf> {
  const given = new Set(server.map(addressOf));
  if (file !== undefined && single) {
    throw new TesseraError(
      'usage',
      `Both --server-tokens and ${VARIABLE} give tokens.`,
      `Take one of them; ${VARIABLE} is for a single server.`,
    );
  }
  if (file !== undefined) {
    const tokens = await readTokens(file);
    return (url) => tokens.get(addressOf(url));
  }
  if (single && given.size > 1) {
    throw new TesseraError(
      'usage',
      `${VARIABLE} holds the token of one server, and ${given.size} were given.`,
      'Write each address with its token into a file, and give that with --server-tokens.',
    );
  }
  return () => (single === '' ? undefined : single);
}

/** One server a line: its address, then its token; lines that begin with # say nothing. */
async function readTokens(file: string): Promise<ReadonlyMap<string, string>> {
  const lines = Buffer.from(await readBytes(file, LARGEST))
    .toString('utf8')
    .split(/\r?\n/);
  const tokens = new Map<string, string>();
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, address = '', token = ''] = LINE.exec(line.trim()) ?? [];
    // The line itself is not shown: it may hold a token.
    if (!URL.canParse(address) || token.length > MAX_TOKEN) {
      throw new TesseraError(
        'input',
        `Line ${at + 1} of "${file}" is not an address with a token.`,
        'Write one server a line, such as "https://models.example.org TOKEN".',
      );
    }
    if (tokens.has(addressOf(address))) {
      throw new TesseraError(
        'input',
        `"${file}" has two tokens for one server, in line ${at + 1} the second.`,
      );
    }
    tokens.set(addressOf(address), token);
  }
  return tokens;
}

/** An address as it is compared; what is none compares as it is, and is refused when it is asked. */
function addressOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}
