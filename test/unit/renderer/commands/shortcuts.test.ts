import { describe, expect, it } from 'vitest';
import { chordText, type Key, matches, shortcutText } from '../../../../renderer/commands/shortcuts.ts';

function key(name: string, modifiers: Partial<Key> = {}): Key {
  const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name;
  return { key: name, code, ctrl: false, meta: false, shift: false, alt: false, ...modifiers };
}

describe('matches', () => {
  it.each([
    // shortcut, key, modifiers, on Linux, on a Mac
    ['Mod+Z', 'z', { ctrl: true }, true, false],
    ['Mod+Z', 'z', { meta: true }, false, true],
    ['Mod+Z', 'Z', { ctrl: true, shift: true }, false, false],
    ['Mod+Shift+Z', 'Z', { ctrl: true, shift: true }, true, false],
    ['Mod+Shift+Z', 'z', { ctrl: true, shift: true }, true, false], // with caps lock
    ['Mod+Z', 'z', { ctrl: true, alt: true }, false, false],
    ['Mod+Z', 'z', { ctrl: true, meta: true }, false, false],
    ['B', 'b', {}, true, true],
    ['B', 'B', {}, true, true],
    ['B', 'B', { shift: true }, false, false],
    ['Shift+H', 'H', { shift: true }, true, true],
    ['[', '[', {}, true, true],
    ['{', '{', { shift: true }, true, true],
    ['?', '?', { shift: true }, true, true],
    ['?', '/', { shift: true }, false, false],
    ['Mod++', '+', { ctrl: true, shift: true }, true, false],
    ['Mod++', '+', { ctrl: true }, true, false],
    ['Mod+-', '-', { ctrl: true }, true, false],
    ['Enter', 'Enter', {}, true, true],
    ['Enter', 'Enter', { shift: true }, false, false],
    ['Mod+Enter', 'Enter', { ctrl: true }, true, false],
    ['Space', ' ', {}, true, true],
    ['\\', '\\', {}, true, true],
    ['Mod+Alt+C', 'c', { ctrl: true, alt: true }, true, false],
  ] as const)('%s, %s with %o: %s on Linux, %s on a Mac', (shortcut, name, modifiers, linux, mac) => {
    expect(matches(shortcut, key(name, modifiers), 'linux')).toBe(linux);
    expect(matches(shortcut, key(name, modifiers), 'win32')).toBe(linux);
    expect(matches(shortcut, key(name, modifiers), 'darwin')).toBe(mac);
  });

  it('finds letters by their place on keyboards that write others', () => {
    const cyrillic = { ...key('и'), code: 'KeyB' };
    expect(matches('B', cyrillic, 'linux')).toBe(true);
    expect(matches('M', cyrillic, 'linux')).toBe(false);
  });

  it('goes by what Latin letters are called, not by their place', () => {
    const azerty = { ...key('a', { ctrl: true }), code: 'KeyQ' };
    expect(matches('Mod+A', azerty, 'linux')).toBe(true);
    expect(matches('Mod+Q', azerty, 'linux')).toBe(false);
  });

  it('finds digits where they need Shift', () => {
    const azerty = { ...key('à', { ctrl: true }), code: 'Digit0' };
    expect(matches('Mod+0', azerty, 'linux')).toBe(true);
  });
});

describe('how shortcuts are written', () => {
  it.each([
    ['Mod+Shift+Z', 'Ctrl+Shift+Z', '⇧⌘Z'],
    ['Mod+Alt+C', 'Ctrl+Alt+C', '⌥⌘C'],
    ['Mod++', 'Ctrl++', '⌘+'],
    ['[', '[', '['],
    ['Enter', 'Enter', '↩'],
    ['ArrowLeft', '←', '←'],
    ['Delete', 'Del', '⌦'],
    ['Escape', 'Esc', '⎋'],
  ])('%s is %s, and %s on a Mac', (shortcut, text, mac) => {
    expect(chordText(shortcut, 'linux')).toBe(text);
    expect(chordText(shortcut, 'darwin')).toBe(mac);
  });

  it('is the first of a command, or nothing', () => {
    expect(shortcutText({ shortcuts: ['Mod+Z', 'U'] }, 'win32')).toBe('Ctrl+Z');
    expect(shortcutText({}, 'win32')).toBe('');
    expect(shortcutText({ shortcuts: [] }, 'win32')).toBe('');
  });
});
