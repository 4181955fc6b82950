import { describe, expect, it } from 'vitest';
import german from '../../../../core/texts/de.po';
import { localeFor, spokenLocale } from '../../../../core/texts/locales.ts';
import { translator } from '../../../../core/texts/messages.ts';
import { pseudoText } from '../../../../core/texts/pseudo.ts';
import { TRANSLATE } from '../../../../core/texts/translate.ts';

describe('the language', () => {
  it('is the first that the system asks for and Tessera speaks', () => {
    expect(localeFor(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(localeFor(['DE_de'])).toBe('de');
    expect(localeFor(['den', 'C'])).toBe('en');
    expect(localeFor([])).toBe('en');
  });

  it('is what a person chose, or that of the system', () => {
    expect(['en', 'system', 'fr', undefined].map((chosen) => spokenLocale(chosen, 'de'))).toEqual([
      'en',
      'de',
      'de',
      'de',
    ]);
  });
});

describe('a text that was made in English', () => {
  const translate = translator({
    'Nothing is selected.': 'Nichts ist ausgewählt.',
    'the frame': 'dem Rahmen',
    'No token in {0} has {1}.': '{1} hat kein Token in {0}.',
    '{0} is a folder.': '{0} ist ein Ordner.',
    '{0} is a folder, not a file.': '{0} ist ein Ordner, keine Datei.',
    '{0} px': '{0} Bildpunkte',
  });

  it('is looked up as it is, or by its template, whose values are looked up too', () => {
    expect(translate('Nothing is selected.')).toBe('Nichts ist ausgewählt.');
    expect(translate('No token in the frame has 7.')).toBe('7 hat kein Token in dem Rahmen.');
    expect(translate('a.png is a folder, not a file.')).toBe('a.png ist ein Ordner, keine Datei.');
    expect(translate('a {0} b is a folder.')).toBe('a {0} b ist ein Ordner.');
  });

  it('stays English where the catalogue lacks it, and where a template says too little to be sure', () => {
    expect(['What?', '', '12 px', 'constructor'].map(translate)).toEqual([
      'What?',
      '',
      '12 px',
      'constructor',
    ]);
  });
});

it('the pseudo-locale changes all letters, keeps values and elements, and is longer', () => {
  expect(pseudoText('Open {0} <1>now</1>…')).toMatch(/^\[Öþéñ \{0\} <1>ñöŵ<\/1>…·+\]$/);
  expect(pseudoText('100 %')).toBe('100 %');
  expect(TRANSLATE['en-XA']('Undo')).toBe(pseudoText('Undo'));
});

it('each template of the catalogue finds its own German, whatever its values are', () => {
  const templates = Object.keys(german).filter(
    (text) => /\{\d\}/.test(text) && text.replace(/[^\p{L}]/gu, '').length >= 8,
  );
  const filled = (text: string): string => text.replace(/\{(\d)\}/g, '«$1»');
  const wrong = templates.filter((text) => TRANSLATE.de(filled(text)) !== filled(german[text]!));
  expect(wrong).toEqual([]);
  expect(templates.length).toBeGreaterThan(200);
});
