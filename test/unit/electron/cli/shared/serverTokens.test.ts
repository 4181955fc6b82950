import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serverTokens } from '../../../../../electron/cli/shared/serverTokens.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tessera-tokens-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const A = 'https://a.example.org';
const B = 'https://b.example.org/models/';

function fileOf(text: string): string {
  const file = path.join(folder, 'tokens');
  writeFileSync(file, text);
  return file;
}

describe('the tokens of servers', () => {
  it('one in the environment is for the only server', async () => {
    expect((await serverTokens({ server: [A] }, 'one'))(A)).toBe('one');
    expect((await serverTokens({ server: [A, `${A}/`] }, 'one'))(A)).toBe('one'); // the same one twice
    expect((await serverTokens({ server: [A, B] }, ''))(A)).toBeUndefined();
    expect((await serverTokens({}, 'one'))(A)).toBe('one'); // nobody is asked
  });

  it('one in the environment is refused where there are several servers, or a file', async () => {
    await expect(serverTokens({ server: [A, B] }, 'one')).rejects.toMatchObject({
      code: 'usage',
      message: 'TESSERA_SERVER_TOKEN holds the token of one server, and 2 were given.',
    });
    const file = fileOf(`${A} one\n`);
    await expect(serverTokens({ server: [A], serverTokens: file }, 'one')).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('of a file go each to its own server', async () => {
    const file = fileOf(`# ours\n\n${A}   one\r\nhttps://B.example.org:443/models  two\n`);
    const tokenOf = await serverTokens({ server: [A, B], serverTokens: file }, undefined);
    expect([tokenOf(A), tokenOf(`${A}/`), tokenOf(B)]).toEqual(['one', 'one', 'two']);
    for (const other of [
      'http://a.example.org',
      `${A}:8000`,
      `${A}/models`,
      'https://c.example.org',
      'models',
    ])
      expect(tokenOf(other)).toBeUndefined();
  });

  it('a line that is none is told by its number, and not shown', async () => {
    const read = (text: string) => serverTokens({ server: [A], serverTokens: fileOf(text) }, undefined);
    for (const line of ['secret', `secret ${A}`, `${A} sec ret`, A]) {
      const error = await read(`${A} fine\n${line}`).catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({ code: 'input', message: expect.stringMatching(/^Line 2 of/) as string });
      expect(String(error)).not.toMatch(/sec/);
    }
    await expect(read(`${A} one\n${A}/ two`)).rejects.toMatchObject({ code: 'input' });
    await expect(
      serverTokens({ server: [A], serverTokens: path.join(folder, 'none') }, undefined),
    ).rejects.toMatchObject({ code: 'input' });
  });
});
