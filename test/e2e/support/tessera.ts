import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Locale } from '../../../core/texts/locales.ts';
import { onOwnScreen } from './screens.ts';

/** The checkout; a bundle of this file lies elsewhere in it. */
export const root = checkoutAround(import.meta.dirname);
const screens = path.join(root, 'out', 'screens');
const CACHE = 'tessera-cache'; // as the application names it
const PATIENCE = 5_000; // ms for the application to end by itself

export interface LaunchOptions {
  /** Files on the command line. */
  readonly files?: readonly string[];
  /** The folder of settings and recovery files; a fresh one unless given. */
  readonly userData?: string;
  /** The language of the system; English unless given. */
  readonly locale?: Locale;
  readonly size?: { readonly width: number; readonly height: number };
  /** Variables of its environment beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of another copy of the application than the checkout's. */
  readonly application?: string;
}

/** The application as a person has it before them. */
export interface Tessera {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** What went wrong unseen: errors in the page's console, refusals of its security policy, defects of main. */
  readonly problems: string[];
  /** Takes a picture of the window into out/screens. */
  readonly screenshot: (name: string) => Promise<void>;
  /** Ends it without asking about anything unsaved. */
  readonly end: () => Promise<void>;
}

/** Starts the application, and waits for its window to have loaded. */
export async function launchTessera(options: LaunchOptions = {}): Promise<Tessera> {
  const userData = options.userData ?? folderWithCache();
  const app = await _electron.launch({
    ...command(
      [`--user-data-dir=${userData}`, `--lang=${options.locale ?? 'en'}`, ...(options.files ?? [])],
      options.application,
    ),
    env: { ...(process.env as Record<string, string>), ...onOwnScreen(), ...options.env },
  });
  const problems: string[] = [];
  const child = app.process(); // cannot be asked for any more once it has ended
  child.stderr?.on('data', (text: Buffer) => {
    problems.push(...defectsIn(text.toString()));
  });
  const page = await app.firstWindow();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.waitForLoadState('load');
  if (options.size) await resize(app, options.size);
  return {
    app,
    page,
    userData,
    problems,
    screenshot: async (name) => {
      await page.screenshot({ path: path.join(screens, `${name}.png`) });
    },
    end: async () => {
      await end(app, child);
      keepCache(userData);
    },
  };
}

const temporary: string[] = [];
process.once('exit', () => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes with this process. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tessera-e2e-'));
  temporary.push(folder);
  return folder;
}

/** What the application keeps and could make again, of each from the first test that made it: drawing all codes takes 8 s. */
const cache = path.join(temporaryFolder(), CACHE);

/** A new folder for what a person has, which holds what the last start kept for the next. */
export function folderWithCache(): string {
  const folder = temporaryFolder();
  if (existsSync(cache)) cpSync(cache, path.join(folder, CACHE), { recursive: true });
  return folder;
}

function keepCache(userData: string): void {
  const made = path.join(userData, CACHE);
  if (existsSync(made)) cpSync(made, cache, { recursive: true, force: false }); // what this start was the first to make
}

function checkoutAround(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : checkoutAround(path.dirname(folder));
}

/** The checkout is started as a developer does, a packaged application (TESSERA_EXECUTABLE) as a person does. */
function command(args: readonly string[], application = root): Parameters<typeof _electron.launch>[0] {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const executablePath = process.env.TESSERA_EXECUTABLE;
  if (executablePath) return { executablePath, args: [...sandbox, ...args] };
  return { cwd: application, args: ['.', ...sandbox, ...args] };
}

function defectsIn(text: string): string[] {
  return text.split('\n').filter((line) => /^(tessera: |The engine ends)/.test(line));
}

async function resize(app: ElectronApplication, size: { width: number; height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}

async function end(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  // The answer may not come any more.
  app
    .evaluate(({ app }) => {
      app.exit(0);
    })
    .catch(() => undefined);
  await ended;
  clearTimeout(timer);
}
