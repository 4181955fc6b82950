import german from './de.po';
import { type Locale, PSEUDO_LOCALE } from './locales.ts';
import { type Translate, translator } from './messages.ts';
import { pseudoText } from './pseudo.ts';

/** What turns English texts of the catalogue into each language. */
export const TRANSLATE: Readonly<Record<Locale, Translate>> = {
  en: (english) => english,
  de: translator(german),
  [PSEUDO_LOCALE]: translator(german, pseudoText),
};
