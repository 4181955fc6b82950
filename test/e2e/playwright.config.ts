import { defineConfig } from '@playwright/test';
import { SCREENS } from './support/screens.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: '../../out/e2e',
  timeout: 600_000, // ms; a busy machine takes its time
  expect: { timeout: 60_000 },
  workers: SCREENS.length, // each on a screen of its own: windows take the focus from one another
  forbidOnly: true,
});
