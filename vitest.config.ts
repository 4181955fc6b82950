import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const SLOW = 120_000; // ms: a busy machine is no failure

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
          environment: 'node',
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
      {
        // Stores and commands: runes as the window runs them, without a page.
        plugins: [svelte({ dynamicCompileOptions: () => ({ generate: 'client' }) })],
        ssr: { resolve: { conditions: ['browser', 'module', 'node', 'development'] } },
        test: {
          name: 'renderer',
          include: ['test/unit/renderer/**/*.test.ts'],
          css: true, // else style sheets are empty, and a test reads their colours
          environment: 'node',
          testTimeout: SLOW,
          hookTimeout: SLOW,
          server: { deps: { inline: [/svelte/] } }, // else Node would take Svelte's server side, which has no effects
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: SLOW,
          hookTimeout: SLOW,
        },
      },
    ],
  },
});
