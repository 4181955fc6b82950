import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { serve, type StandIn } from '../../native-models/runtime/server/standIn.ts';
import { tessera, TINY, workspace } from './support.ts';

const space = workspace();
let server: StandIn;
beforeAll(async () => {
  server = await serve(TINY, 'tiny');
});
afterAll(() => server.stop());

const generate = (out: string, ...more: string[]) =>
  tessera('generate', '--width', '64', '--height', '48', '--seed', '3', '--out', out, ...more);

it('models run on a server, and give what they give here', async () => {
  const [there, here] = [space.at('there.png'), space.at('here.png')];
  const made = await generate(there, '--package', 'tiny', '--server', server.url, '--json');
  expect(made).toMatchObject({ code: 0 });
  expect(JSON.parse(made.stdout)).toMatchObject({ package: { id: 'tiny', provider: 'server' } });
  expect(await generate(here, '--package', TINY)).toMatchObject({ code: 0 });
  expect(readFileSync(there)).toEqual(readFileSync(here));
});

it('a server that fails is left where the package is here too, and named where it is not', async () => {
  server.misbehave = (_, response) => {
    response.writeHead(500).end();
    return true;
  };
  const out = space.at('left.png');
  const { code, stderr } = await generate(out, '--package', TINY, '--server', server.url);
  expect(code).toBe(0);
  expect(stderr).toMatch(/The server 127\.0\.0\.1:\d+ .*, so the models run here\./);
  expect(existsSync(out)).toBe(true);
  const refused = await generate(space.at('no.png'), '--package', 'tiny', '--server', server.url);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(
    /^tessera: The server 127\.0\.0\.1:\d+ does not tell what the package tiny is/,
  );
});

it('refuses an address or a certificate that cannot be one', async () => {
  const asked = (...more: string[]) => generate(space.at('no.png'), '--package', TINY, ...more);
  expect((await asked('--server', 'models')).stderr).toContain('begins with http:// or https://');
  const pem = space.write('client.pem', Buffer.from('no certificate'));
  const { stderr } = await asked('--server', 'https://127.0.0.1:9', '--server-certificate', pem);
  expect(stderr).toContain('The certificate for the server cannot be used.');
});

it('a token goes to its own server alone', async () => {
  const heard: string[] = [];
  const listen = (name: string): StandIn['misbehave'] => {
    return ({ headers }) => {
      heard.push(`${name} ${headers.authorization ?? 'nothing'}`);
      return false;
    };
  };
  const other = await serve(TINY, 'tiny');
  server.misbehave = listen('a');
  other.misbehave = listen('b');
  try {
    const tokens = space.write('tokens', `${server.url} of-a\n`);
    const asked = (url: string) =>
      generate(space.at('guarded.png'), '--package', 'tiny', '--server', url, '--server-tokens', tokens);
    expect(await asked(server.url)).toMatchObject({ code: 0 });
    expect(await asked(other.url)).toMatchObject({ code: 0 });
    expect([...new Set(heard)]).toEqual(['a Bearer of-a', 'b nothing']);

    vi.stubEnv('TESSERA_SERVER_TOKEN', 'of-one');
    heard.length = 0;
    const both = ['--server', server.url, '--server', other.url];
    const pictures = [space.at('guarded.png'), space.at('there.png')];
    const args = ['--mask', pictures[0]!, '--out', space.at('many/'), '--package', 'tiny', ...both];
    const { code, stderr } = await tessera('fill', ...pictures, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain('TESSERA_SERVER_TOKEN holds the token of one server, and 2 were given.');
    expect(heard).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    server.misbehave = () => false;
    await other.stop();
  }
});

it('a package is written for a server', async () => {
  const folder = space.at('repository');
  const { code, stdout } = await tessera('packages', 'export-triton', folder, 'tessera-base');
  expect(code).toBe(0);
  expect(stdout).toContain('tessera-base-denoiser');
  expect(existsSync(`${folder}/tessera-base-encoder/config.pbtxt`)).toBe(true);
});
