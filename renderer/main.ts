import { mount } from 'svelte';
import type { Bridge } from '../core/ipc/bridge.ts';
import { start } from './commands/start.ts';
import { connectEngine } from './engine/connectEngine.ts';
import { createMainClient } from './engine/mainClient.ts';
import { Editor } from './state/editor.svelte.ts';
import Window from './ui/Window.svelte';

declare global {
  interface Window {
    readonly tessera: Bridge; // by the preload script
  }
}

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the application.');
// Listens for the engine's port from the start: it may come before anything is drawn.
const editor = new Editor(connectEngine(window), createMainClient(window.tessera));
mount(Window, { target, props: { editor } });
await start(editor);
