import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { ServerInfo, ServerToAdd } from '../../../../../core/contract/mainApi.ts';
import { closeDialog } from '../../../../../renderer/commands/dialogs.ts';
import { useModel } from '../../../../../renderer/commands/models/models.ts';
import {
  addServer,
  chooseCertificate,
  describeServer,
  followPackageNews,
  loadServers,
  lookAtServer,
  removeServer,
} from '../../../../../renderer/commands/models/servers.ts';
import { type Bench, createBench, PACKAGE } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { FakeMain } from '../../support/fakeMain.ts';

const ID = 'models.example.org:8000';
const SERVER: ServerInfo = { id: ID, url: `https://${ID}`, secret: 'kept' };
const THERE = { ...PACKAGE, ref: `tessera-base@${ID}`, server: ID, provider: '' };

let bench: Bench;
let kept: ServerInfo[];
let answer: number;
beforeEach(() => {
  kept = [];
  answer = 0;
  bench = createBench(
    new FakeMain({
      'servers.encrypts': () => false,
      'servers.list': () => kept,
      'servers.add': () => SERVER,
      'servers.remove': () => null,
      'servers.chooseCertificate': () => ({ id: 'c1', name: 'me.pem' }),
      'dialog.ask': () => answer,
    }),
  );
});

async function describe_(more: Partial<ServerToAdd> = {}): Promise<void> {
  const { editor } = bench;
  await describeServer(editor);
  editor.servers.adding = {
    ...editor.servers.adding,
    url: ` https://${ID} `,
    token: 'hush',
    ...more,
  } as never;
}

const asked = (method: string) => bench.main.asked.filter((each) => each.method === method);

describe('adding a server', () => {
  it('looks at what it has, and forgets token and key here', async () => {
    const { editor, engine } = bench;
    await describe_();
    expect(editor.servers.adding.encrypts).toBe(false);
    await chooseCertificate(editor);
    const adding = addServer(editor);
    await settled();
    expect(asked('servers.add')).toEqual([
      { method: 'servers.add', params: { url: `https://${ID}`, token: 'hush', certificate: 'c1' } },
    ]);
    expect(engine.newest('server.look').params).toEqual({ server: ID });
    await engine.newest('server.look').answer([THERE]);
    await engine.newest('package.list').answer([PACKAGE, THERE]);
    await adding;
    expect(editor.dialog).toBeNull();
    expect(editor.servers.list).toEqual([SERVER]);
    expect(editor.servers.adding).toMatchObject({ token: '', certificate: null });
    expect(editor.packages.list).toEqual([PACKAGE, THERE]);
    expect(editor.notices.list[0]!.message).toBe(`Added ${ID}: Tessera Base.`);
  });

  it('says in the dialog what is wrong, and main forgets it', async () => {
    const { editor, engine } = bench;
    await describe_();
    const adding = addServer(editor);
    await settled();
    await engine
      .newest('server.look')
      .fail(new TesseraError('package', 'It cannot be reached.', 'Check it.'));
    await adding;
    expect(editor.servers.adding).toMatchObject({
      problem: 'It cannot be reached. Check it.',
      token: 'hush',
    });
    expect(asked('servers.remove')).toHaveLength(1);
    expect(editor.servers.list).toEqual([]);
  });

  it('keeps one that was there before', async () => {
    const { editor, engine } = bench;
    editor.servers.list = [SERVER];
    await describe_();
    const adding = addServer(editor);
    await settled();
    await engine.newest('server.look').fail(new TesseraError('package', 'It cannot be reached.'));
    await adding;
    expect(asked('servers.remove')).toEqual([]);
    expect(editor.servers.list).toEqual([SERVER]);
  });

  it.each(['models.example.org', 'ftp://models.example.org', 'http://'])('refuses %s', async (url) => {
    await describe_({ url });
    await addServer(bench.editor);
    expect(bench.editor.servers.adding.problem).toContain('begins with http:// or https://');
    expect(asked('servers.add')).toEqual([]);
  });

  it('stops when the dialog is closed', async () => {
    const { editor } = bench;
    await describe_();
    const adding = addServer(editor);
    await settled();
    closeDialog(editor);
    await adding;
    expect(asked('servers.remove')).toHaveLength(1);
    expect(editor.notices.list).toEqual([]);
    expect(editor.servers.adding).toMatchObject({ problem: null, cancel: null });
  });
});

it('removes a server after asking, and goes on with the same package here', async () => {
  const { editor } = bench;
  editor.servers.list = [SERVER];
  editor.packages.list = [{ ...PACKAGE, ref: 'other', id: 'other', sha256: 'cd' }, PACKAGE, THERE];
  useModel(editor, THERE.ref);
  answer = 1;
  await removeServer(editor, SERVER);
  expect(editor.servers.list).toEqual([SERVER]);
  answer = 0;
  await removeServer(editor, SERVER);
  expect(asked('servers.remove')).toEqual([{ method: 'servers.remove', params: { id: ID } }]);
  expect(editor.servers.list).toEqual([]);
  expect(editor.packages.list.map(({ ref }) => ref)).toEqual(['other', PACKAGE.ref]);
  expect(editor.fillSettings.package).toBe(PACKAGE.ref);
});

it('asks a server that it knows nothing of at the start, and no other', async () => {
  const { editor, engine } = bench;
  kept = [SERVER, { ...SERVER, id: 'other:1' }];
  editor.packages.list = [PACKAGE, THERE];
  await loadServers(editor);
  expect(engine.asked.map(({ method, params }) => [method, params])).toEqual([
    ['server.look', { server: 'other:1' }],
  ]);
  expect(editor.servers.looking).toEqual(['other:1']);
  await engine.newest('server.look').fail(new TesseraError('package', 'It cannot be reached.'));
  expect(editor.servers.problems).toEqual({ 'other:1': 'It cannot be reached.' });
  const looking = lookAtServer(editor, { id: 'other:1' });
  expect(editor.servers.problems).toEqual({});
  await engine.newest('server.look').answer([]);
  await engine.newest('package.list').answer([PACKAGE]);
  await looking;
  expect(editor.servers.looking).toEqual([]);
});

it('tells when a server is left, also of an engine that was started anew', async () => {
  const { editor, engine } = bench;
  const stop = followPackageNews(editor);
  const message = `The server ${ID} cannot be reached, so the models run here.`;
  engine.newest('package.follow').tell({ ref: THERE.ref, message });
  expect(editor.notices.list[0]).toMatchObject({ kind: 'error', message });
  await engine.newest('package.list').answer([PACKAGE, { ...THERE, provider: 'cpu' }]);
  expect(editor.packages.byRef(THERE.ref)?.provider).toBe('cpu');
  await engine.newest('package.follow').fail(new TesseraError('internal', 'The engine stopped.'));
  expect(engine.asked.filter(({ method }) => method === 'package.follow')).toHaveLength(2);
  stop();
  await settled();
  expect(engine.asked.filter(({ method }) => method === 'package.follow')).toHaveLength(2);
});

it('asks for what a package made by the one in use that is the same', () => {
  const { editor } = bench;
  editor.packages.list = [PACKAGE, THERE];
  expect(editor.refOf(PACKAGE)).toBe(PACKAGE.ref);
  useModel(editor, THERE.ref);
  expect(editor.refOf({ id: PACKAGE.id, sha256: PACKAGE.sha256 })).toBe(THERE.ref);
  expect(editor.refOf({ id: 'gone', sha256: 'ef' })).toBe('gone');
});
