import type { MainClient } from '../../../../core/contract/clients.ts';
import type {
  AppInfo,
  GivenFile,
  MainApi,
  MainEvents,
  MainMethod,
} from '../../../../core/contract/mainApi.ts';

type Answers = { [M in MainMethod]?: (params: MainApi[M]['params']) => MainApi[M]['result'] };

export const APP_INFO: AppInfo = {
  version: '9.8.7',
  updates: false,
  platform: 'linux',
  dark: true,
  packagesFolder: '~/packages',
  packagesFixed: false,
  samples: [],
};

/** Main, as far as tests ask for it: answers what it is given, notes what it was asked, and says what tests let it say. */
export class FakeMain implements MainClient {
  readonly asked: { method: MainMethod; params: unknown }[] = [];
  private readonly listeners = new Map<keyof MainEvents, Set<(payload: never) => void>>();
  readonly answers: Answers;

  constructor(answers: Answers = {}) {
    this.answers = {
      'app.info': () => APP_INFO,
      'files.recent': () => [],
      'files.release': () => null,
      'preferences.read': () => ({}),
      'preferences.write': () => null,
      'menu.state': () => null,
      'menu.keys': () => null,
      'servers.list': () => [],
      'session.keep': () => null,
      'session.open': () => [],
      'window.language': () => null,
      'window.look': () => null,
      'window.document': () => null,
      ...answers,
    };
  }

  call<M extends MainMethod>(method: M, params: MainApi[M]['params']): Promise<MainApi[M]['result']> {
    this.asked.push({ method, params });
    const answer = this.answers[method] as
      ((params: MainApi[M]['params']) => MainApi[M]['result']) | undefined;
    return answer
      ? Promise.resolve().then(() => answer(params))
      : Promise.reject(new Error(`The test gives no answer to ${method}.`));
  }

  on<E extends keyof MainEvents>(event: E, listener: (payload: MainEvents[E]) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  dropped(file: unknown): Promise<GivenFile[]> {
    const name = String(file);
    return Promise.resolve([{ name, file: { id: name, name, kind: 'picture', access: 'read' } }]);
  }

  say<E extends keyof MainEvents>(event: E, payload: MainEvents[E]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }

  listening(event: keyof MainEvents): boolean {
    return (this.listeners.get(event)?.size ?? 0) > 0;
  }

  /** The params of every call of a method. */
  paramsOf<M extends MainMethod>(method: M): MainApi[M]['params'][] {
    return this.asked
      .filter((call) => call.method === method)
      .map(({ params }) => params as MainApi[M]['params']);
  }
}
