import { createKeyboard, type Keyboard, type KeyInput } from '../../../../renderer/commands/keyboard.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { type Bench, createBench, openPicture, select } from './editor.ts';
import { settled } from './fakeEngine.ts';
import { outcomeFor } from './outcome.ts';

const SHIFTED = /^[A-Z{}|?]$/;

/** 'Ctrl+Shift+Z' as it comes from the page. */
export function input(keys: string, more: Partial<KeyInput> = {}): KeyInput {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1)!;
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return {
    key,
    code,
    ctrl: parts.includes('Ctrl'),
    meta: parts.includes('Cmd'),
    shift: parts.includes('Shift') || SHIFTED.test(key),
    alt: parts.includes('Alt'),
    repeat: false,
    focus: 'page',
    ...more,
  };
}

/** An editor with a picture, and its keyboard. */
export interface KeyBench extends Bench {
  readonly document: OpenDocument;
  readonly keyboard: Keyboard;
  /** Presses and lets go; says whether a command took the key. */
  readonly press: (keys: string, more?: Partial<KeyInput>) => boolean;
  /** Fills, so that three candidates wait. */
  readonly waitForCandidates: () => Promise<void>;
}

export function createKeyBench(): KeyBench {
  const bench = createBench();
  const document = openPicture(bench);
  const keyboard = createKeyboard(bench.editor);

  function press(keys: string, more: Partial<KeyInput> = {}): boolean {
    const key = input(keys, more);
    const taken = keyboard.down(key);
    keyboard.up(key.code);
    return taken;
  }

  async function waitForCandidates(): Promise<void> {
    bench.editor.fillSettings.candidates = 3;
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    press('Enter');
    await settled();
    const asked = bench.engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
  }

  return { ...bench, document, keyboard, press, waitForCandidates };
}
