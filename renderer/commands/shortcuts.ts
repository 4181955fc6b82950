import type { AppInfo } from '../../core/contract/mainApi.ts';
import type { Command } from './command.ts';
import { translated } from '../state/texts.svelte.ts';

export type Platform = AppInfo['platform'];

/** A key as the page tells it; `key` and `code` as in a KeyboardEvent. */
export interface Key {
  readonly key: string;
  readonly code: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

/** Whether a key is what a shortcut such as 'Mod+Shift+Z' names. */
export function matches(shortcut: string, key: Key, platform: Platform): boolean {
  const chord = parse(shortcut);
  const [mod, other] = platform === 'darwin' ? [key.meta, key.ctrl] : [key.ctrl, key.meta];
  if (other || mod !== chord.mod || key.alt !== chord.alt) return false;
  // Which sign a key gives is the layout's affair, so Shift counts only where the name of the key does not tell.
  if (isSign(chord.key)) return key.key === chord.key;
  return key.shift === chord.shift && sameKey(chord.key, key);
}

/** How the first shortcut of a command is written for people: 'Ctrl+Shift+Z', '⇧⌘Z'; '' if it has none. */
export function shortcutText({ shortcuts }: Pick<Command, 'shortcuts'>, platform: Platform): string {
  const first = shortcuts?.[0];
  return first === undefined ? '' : chordText(first, platform);
}

/** How a shortcut is written for people. */
export function chordText(shortcut: string, platform: Platform): string {
  const { mod, shift, alt, key } = parse(shortcut);
  const name = translated(KEY_TITLES[key] ?? key);
  if (platform === 'darwin') {
    return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${MAC_NAMES[key] ?? name}`;
  }
  const held = [mod && 'Ctrl', alt && 'Alt', shift && 'Shift'].filter((part) => part !== false);
  return [...held.map(translated), name].join('+');
}

/** Whether a shortcut types a sign by itself: speech input may say it, and a hand may brush it. */
export function isBareSign(shortcut: string): boolean {
  const { mod, alt, key } = parse(shortcut);
  return !mod && !alt && key.length === 1;
}

/** The shortcut that a pressed key is; null for Ctrl, Shift and the like alone. */
export function shortcutOf(pressed: Key, platform: Platform): string | null {
  const { key, code, ctrl, meta, shift, alt } = pressed;
  if (['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'Dead'].includes(key)) return null;
  const placed = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  const name = key === ' ' ? 'Space' : /^[a-z0-9]$/i.test(key) ? key.toUpperCase() : key;
  // With Shift a digit types a sign, which is what it is known by then; Ctrl keeps the key what it is.
  const isLetter =
    name.length === 1 && !/[A-Z0-9]/.test(name) && placed !== undefined && (ctrl || meta || alt);
  const own = isLetter ? placed : name;
  const parts = [
    (platform === 'darwin' ? meta : ctrl) && 'Mod',
    alt && 'Alt',
    shift && !isSign(own) && 'Shift',
    own,
  ];
  return parts.filter((part) => part !== false).join('+');
}

const KEY_TITLES: Readonly<Record<string, string>> = {
  Enter: 'Enter',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: 'Backspace',
  Space: 'Space',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Shift: 'Shift',
  Ctrl: 'Ctrl',
  Alt: 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  '-': '−',
};

const MAC_NAMES: Readonly<Record<string, string>> = {
  Enter: '↩',
  Escape: '⎋',
  Delete: '⌦',
  Backspace: '⌫',
};

function parse(shortcut: string): Chord {
  const parts = shortcut.split(/\+(?=.)/); // the last sign may be a plus itself
  const key = parts.at(-1)!;
  const modifiers = parts.slice(0, -1);
  return {
    mod: modifiers.includes('Mod'),
    shift: modifiers.includes('Shift'),
    alt: modifiers.includes('Alt'),
    key,
  };
}

function isSign(name: string): boolean {
  return name.length === 1 && !/[A-Z0-9]/.test(name);
}

/** Letters and digits also go by their place, for keyboards that write others there. */
function sameKey(name: string, { key, code }: Key): boolean {
  if (name === 'Space') return key === ' ';
  if (name.length > 1) return key === name;
  if (/[A-Z]/.test(name)) {
    const latin = /^[a-z]$/i.test(key);
    return latin ? key.toUpperCase() === name : code === `Key${name}`;
  }
  return key === name || code === `Digit${name}`;
}
