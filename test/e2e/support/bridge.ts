import type { Page } from '@playwright/test';
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
