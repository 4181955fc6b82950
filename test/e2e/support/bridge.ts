import { type ElectronApplication, expect, type JSHandle, type Page } from '@playwright/test';
import type { Bridge, Outcome } from '../../../core/contract/bridge.ts';

declare global {
  interface Window {
    readonly tessera: Bridge;
  }
}

/** Calls main as the page can, also with what it never would send. */
export function callMain(page: Page, method: string, params: unknown): Promise<Outcome<unknown>> {
  return page.evaluate(
    ([method, params]) =>
      (window.tessera.call as (...args: unknown[]) => Promise<Outcome<unknown>>)(method, params),
    [method, params] as const,
  );
}

/** A channel of its own to the engine: what the page has, it got once and keeps. */
export async function connectToEngine(app: ElectronApplication, page: Page): Promise<JSHandle<MessagePort>> {
  const port = page.evaluateHandle(
    () =>
      new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', ({ ports: [port] }) => {
          if (port) resolve(port);
        });
      }),
  );
  process.kill(await enginePid(app), 'SIGKILL'); // its successor comes with a port for the page
  return port;
}

/** Asks the engine something, also what the page never would. */
export function callEngine(port: JSHandle<MessagePort>, method: string, params: unknown): Promise<unknown> {
  return port.evaluate(
    (port, [method, params]) =>
      new Promise<unknown>((resolve) => {
        const id = Math.floor(1e9 * Math.random()); // beside those of the page
        port.addEventListener(
          'message',
          ({ data }: MessageEvent<{ id: number; kind: string; result?: unknown; error?: unknown }>) => {
            if (data.id === id && data.kind !== 'progress') resolve(data.error ?? data.result);
          },
        );
        port.start();
        port.postMessage({ kind: 'call', id, method, params });
      }),
    [method, params] as const,
  );
}

/** The process id of the engine that runs now. */
export async function enginePid(app: ElectronApplication): Promise<number> {
  const find = (): Promise<number> =>
    app.evaluate(({ app }) => {
      const engine = app.getAppMetrics().find(({ name }) => name === 'Tessera engine');
      return engine?.pid ?? 0;
    });
  await expect.poll(find).toBeGreaterThan(0);
  return find();
}
