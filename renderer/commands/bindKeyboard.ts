import type { Editor } from '../state/editor.svelte.ts';
import { createKeyboard, type Focus, type KeyInput, MOVES } from './keyboard.ts';

/** Listens to a window's keys; returns the function that stops. */
export function bindKeyboard(editor: Editor, page: Window): () => void {
  const keyboard = createKeyboard(editor);
  const stop = new AbortController();
  let pointed = false; // whether the pointer, not the keyboard, put the focus where it is

  const listen = <E extends keyof WindowEventMap>(
    type: E,
    listener: (event: WindowEventMap[E]) => void,
  ): void => {
    page.addEventListener(type, listener, { signal: stop.signal });
  };

  /** Styles show no ring around what was clicked: a letter that is pressed then is a shortcut. */
  const point = (value: boolean): void => {
    pointed = value;
    page.document.documentElement.toggleAttribute('data-pointed', value);
  };
  const byPointer = (): void => {
    point(true);
  };
  page.addEventListener('pointerdown', byPointer, { signal: stop.signal, capture: true });
  // Alt alone goes to the menu bar; Alt that something was done with does not.
  let altUsed = false;
  const useAlt = (event: MouseEvent): void => {
    altUsed ||= event.altKey;
  };
  for (const type of ['wheel', 'pointerdown'] as const)
    page.addEventListener(type, useAlt, { signal: stop.signal, capture: true, passive: true });
  listen('keydown', (event) => {
    altUsed = event.key === 'Alt' ? altUsed && event.repeat : event.altKey;
    if (event.key === 'Tab' || movesFocus(event)) point(false);
    if (event.defaultPrevented || event.isComposing) return;
    const focus = focusOf(event.target, pointed);
    if (keyboard.down(inputOf(event, focus))) event.preventDefault();
    else if (event.key === 'Escape' && focus === 'text') (event.target as HTMLElement).blur();
  });
  listen('keyup', (event) => {
    const isTaken = keyboard.up(event.code);
    if (isTaken || (event.key === 'Alt' && altUsed)) event.preventDefault();
  });
  listen('blur', () => {
    keyboard.release();
  });
  return () => {
    stop.abort();
    keyboard.release();
  };
}

const TYPED_INTO =
  'textarea, select, [contenteditable="true"], [role="textbox"], [role="spinbutton"], [role="menu"] *, [role="listbox"], ' +
  'input:not([type="range"], [type="radio"], [type="checkbox"], [type="button"], [type="submit"], [type="color"])';
const MOVED = 'input[type="range"], input[type="radio"], [role="slider"], [role="tab"], [role="separator"]';
const MOVED_WITHIN = `${MOVED}, [role="menu"] *, [role="listbox"], [role="listbox"] *`;
const PRESSED = 'button, a[href], summary, input, [role="button"], [role="checkbox"], [role="switch"]';

/** Whether a key moves the focus within tabs, menus and lists, or what has it. */
function movesFocus({ key, target }: KeyboardEvent): boolean {
  return MOVES.test(key) && target instanceof Element && target.matches(MOVED_WITHIN);
}

function focusOf(target: EventTarget | null, pointed: boolean): Focus {
  if (!(target instanceof Element)) return 'page';
  if (target.matches(TYPED_INTO)) return 'text';
  if (target.matches(MOVED)) return 'slider';
  return !pointed && target.matches(PRESSED) ? 'button' : 'page';
}

function inputOf(event: KeyboardEvent, focus: Focus): KeyInput {
  const { key, code, metaKey, shiftKey, repeat } = event;
  // AltGr types a sign, and some systems call it Ctrl+Alt.
  const typing = event.getModifierState('AltGraph');
  const ctrl = event.ctrlKey && !typing;
  const alt = event.altKey && !typing;
  return { key, code, ctrl, meta: metaKey, shift: shiftKey, alt, repeat, focus };
}
