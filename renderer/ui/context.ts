import { createContext } from 'svelte';
import type { Editor } from '../state/editor.svelte.ts';

/** The editor that a component belongs to; App.svelte sets it. */
export const [useEditor, provideEditor] = createContext<Editor>();
