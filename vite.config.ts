import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { catalogues, windowTexts } from './build/texts/plugins.mjs';

/** The window's page, for the Chromium of current Electron; build/app.mjs names an older one where that is what runs. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [windowTexts(), catalogues(), svelte({ configFile: '../svelte.config.js' })],
  build: {
    outDir: '../dist/app/renderer',
    emptyOutDir: true,
    target: 'esnext',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the content security policy refuses data: URLs in scripts and styles
    reportCompressedSize: false,
    rolldownOptions: { checks: { bundlerTimings: false } }, // that the compiler takes its time is no warning
    chunkSizeWarningLimit: 2000, // kB; it comes from the disk
  },
});
