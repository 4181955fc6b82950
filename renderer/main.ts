import './withoutEval.ts';
import { mount } from 'svelte';
import type { Bridge } from '../core/contract/bridge.ts';
import { start } from './commands/start.ts';
import { connectEngine, createMainClient } from './engine/clients.ts';
import { Editor } from './state/editor.svelte.ts';
import { spoken } from './state/texts.svelte.ts';
import { refuseMarkup } from './trustedTypes.ts';
import App from './ui/App.svelte';

declare global {
  interface Window {
    readonly tessera: Bridge; // by the preload script
  }
}

refuseMarkup(window);
spoken.system = window.tessera.locales.system;
spoken.locale = window.tessera.locales.spoken;

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the application.');
// Listens for the engine's port from the start: it may come before anything is drawn.
const editor = new Editor(connectEngine(window), createMainClient(window.tessera));
mount(App, { target, props: { editor } });
await start(editor);
