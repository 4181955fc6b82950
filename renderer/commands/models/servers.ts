import { toErrorShape } from '../../../core/base/errors.ts';
import type { AbortNotice } from '../../../core/contract/clients.ts';
import type { ServerInfo } from '../../../core/contract/mainApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { NO_SERVER } from '../../state/servers.svelte.ts';
import { translated } from '../../state/texts.svelte.ts';
import { report } from '../report.ts';
import { listPackages } from './list.ts';
import { useModel } from './models.ts';

/** Opens the dialog for a server. */
export async function describeServer(editor: Editor): Promise<void> {
  editor.servers.adding = NO_SERVER;
  editor.dialog = 'add-server';
  const encrypts = await editor.main.call('servers.encrypts', null);
  editor.servers.adding = { ...editor.servers.adding, encrypts };
}

/** Asks for the file of a client certificate. */
export async function chooseCertificate({ main, servers }: Editor): Promise<void> {
  const certificate = await main.call('servers.chooseCertificate', null);
  if (certificate) servers.adding = { ...servers.adding, certificate };
}

/** Adds the server that the dialog describes, once it has shown what it has; what is wrong with it is said there. */
export async function addServer(editor: Editor): Promise<void> {
  const { main, servers } = editor;
  const { url, token, certificate } = servers.adding;
  if (!isAddress(url.trim())) {
    servers.adding = { ...servers.adding, problem: NO_ADDRESS };
    return;
  }
  const stop = new AbortController();
  const cancel = (): void => {
    stop.abort();
  };
  servers.adding = { ...servers.adding, problem: null, cancel };
  let added: ServerInfo | null = null;
  const before = servers.list;
  try {
    const described = { url: url.trim(), token: token.trim(), certificate: certificate?.id ?? null };
    added = await main.call('servers.add', described);
    const { id } = added;
    const found = await editor.engine.call('server.look', { server: id }, { signal: stop.signal });
    servers.list = [...before.filter((each) => each.id !== id), added];
    servers.problems = without(servers.problems, id);
    await listPackages(editor);
    servers.adding = NO_SERVER;
    if (editor.dialog === 'add-server') editor.dialog = null;
    editor.notices.done(`Added ${id}: ${found.map(({ name }) => name).join(', ')}.`);
  } catch (error) {
    // One that was there before stays, as it may answer again.
    if (added && !before.some(({ id }) => id === added?.id))
      await main.call('servers.remove', { id: added.id });
    const { code, message, hint } = toErrorShape(error);
    const problem = code === 'aborted' ? null : translated(message) + (hint ? ` ${translated(hint)}` : '');
    servers.adding = { ...servers.adding, problem, cancel: null };
  }
}

/** Looks at a server again: what it has now, and whether it can be used again. Never rejects. */
export async function lookAtServer(
  editor: Editor,
  { id }: Pick<ServerInfo, 'id'>,
  signal?: AbortNotice,
): Promise<void> {
  const { servers } = editor;
  servers.looking = [...servers.looking, id];
  servers.problems = without(servers.problems, id);
  try {
    await editor.engine.call('server.look', { server: id }, { ...(signal && { signal }) });
    await listPackages(editor);
  } catch (error) {
    const { code, message } = toErrorShape(error);
    if (code !== 'aborted') servers.problems = { ...servers.problems, [id]: message };
  } finally {
    servers.looking = servers.looking.filter((each) => each !== id);
  }
}

/** Removes a server after asking, and what opens it. Never rejects. */
export async function removeServer(editor: Editor, { id }: ServerInfo): Promise<void> {
  const { main, servers, packages, fillSettings } = editor;
  try {
    const answer = await main.call('dialog.ask', {
      message: `Remove the server ${id}?`,
      detail:
        'Nothing is asked of it any more, and its token and key are forgotten. Pictures stay as they are.',
      buttons: ['Remove', 'Cancel'],
    });
    if (answer !== 0) return;
    await main.call('servers.remove', { id });
    servers.list = servers.list.filter((each) => each.id !== id);
    servers.problems = without(servers.problems, id);
    const used = packages.byRef(fillSettings.package);
    packages.list = packages.list.filter(({ server }) => server !== id);
    if (used?.server !== id) return;
    const same = packages.list.find(({ sha256 }) => sha256 === used.sha256) ?? packages.list[0];
    if (same) useModel(editor, same.ref);
  } catch (error) {
    report(editor, error);
  }
}

/** Learns which servers there are; those of which nothing is known are looked at. */
export async function loadServers(editor: Editor): Promise<void> {
  const { servers, packages } = editor;
  servers.list = await editor.main.call('servers.list', null);
  for (const { id } of servers.list) {
    if (!packages.list.some(({ server }) => server === id)) void lookAtServer(editor, { id });
  }
}

/** Tells where models run when that changes by itself. Returns what stops it. */
export function followPackageNews(editor: Editor): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const onProgress = ({ message }: { readonly message: string }): void => {
    editor.notices.error({ code: 'package', message });
    listPackages(editor).catch((error: unknown) => {
      report(editor, error);
    });
  };
  const follow = async (): Promise<void> => {
    for (;;) {
      try {
        await editor.engine.call('package.follow', null, { signal, onProgress });
      } catch (error) {
        if (signal.aborted || toErrorShape(error).code !== 'internal') return; // else the engine was started anew
      }
    }
  };
  void follow();
  return () => {
    stop.abort();
  };
}

const NO_ADDRESS = 'The address begins with http:// or https://, such as https://models.example.org:8000.';

function isAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}

function without<T>(values: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).filter(([own]) => own !== id));
}
