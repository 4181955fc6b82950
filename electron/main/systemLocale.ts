import { app } from 'electron';
import { type Locale, localeFor } from '../../core/texts/locales.ts';

/** The language of the system, or the one that the program was started with (`--lang=de`). */
export function systemLocale(): Locale {
  const asked = app.commandLine.getSwitchValue('lang');
  return localeFor(asked === '' ? app.getPreferredSystemLanguages() : [asked]);
}
