/** The languages that Tessera speaks. English is what its sources are written in; each other one has a `.po` file here. */
export const LOCALES = ['en', 'de'] as const;

/** English with other letters, longer and in brackets: a text that looks plain in it is not in the catalogue. */
export const PSEUDO_LOCALE = 'en-XA';

export type Locale = (typeof LOCALES)[number] | typeof PSEUDO_LOCALE;

/** What a person can choose. */
export const LANGUAGES = ['system', ...LOCALES] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first language that both the system asks for and Tessera speaks; English where there is none. Given as 'de-AT'. */
export function localeFor(preferred: readonly string[]): Locale {
  for (const tag of preferred) {
    if (tag === PSEUDO_LOCALE) return tag;
    const found = LOCALES.find((locale) => locale === tag.toLowerCase().split(/[-_]/)[0]);
    if (found) return found;
  }
  return 'en';
}

/** The language that is spoken where a person has chosen one, or that of the system. */
export function spokenLocale(chosen: unknown, system: Locale): Locale {
  return LOCALES.find((locale) => locale === chosen) ?? system;
}
