import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: '../../out/e2e',
  timeout: 120_000, // ms; a busy machine takes its time
  expect: { timeout: 20_000 },
  workers: 1, // windows take the focus from one another
  forbidOnly: true,
});
