import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { catalogues } from './build/texts/plugins.mjs';

const SLOW = 120_000; // ms: a busy machine is no failure

const common = {
  environment: 'node',
  testTimeout: SLOW,
  hookTimeout: SLOW,
  // Files share a process and its modules: starting one for each takes longer than most of them.
  isolate: false,
};

/** Tests that replace a module for themselves: others must not see it. */
const mocking = testsOf('test/unit').filter((file) => readFileSync(file, 'utf8').includes('vi.mock('));

export default defineConfig({
  test: {
    maxWorkers: '100%', // else one core waits
    projects: [
      {
        plugins: [catalogues()],
        test: {
          ...common,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**', ...mocking],
        },
      },
      { plugins: [catalogues()], test: { ...common, name: 'mocked', include: mocking, isolate: true } },
      {
        // Stores and commands: runes as the window runs them, without a page.
        plugins: [catalogues(), svelte({ dynamicCompileOptions: () => ({ generate: 'client' }) })],
        ssr: { resolve: { conditions: ['browser', 'module', 'node', 'development'] } },
        test: {
          ...common,
          name: 'renderer',
          include: ['test/unit/renderer/**/*.test.ts'],
          css: true, // else style sheets are empty, and a test reads their colours
          server: { deps: { inline: [/svelte/] } }, // else Node would take Svelte's server side, which has no effects
        },
      },
      {
        plugins: [catalogues()],
        test: { ...common, name: 'integration', include: ['test/integration/**/*.test.ts'] },
      },
    ],
  },
});

function testsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')));
}
