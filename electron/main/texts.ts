import type { Locale } from '../../core/texts/locales.ts';
import { TRANSLATE } from '../../core/texts/translate.ts';

let spoken: Locale = 'en';

/** Menus and dialogs speak this language from now on; those that are open stay as they are. */
export function speak(locale: Locale): void {
  spoken = locale;
}

/** A text of menus and dialogs in the language that is spoken. */
export function translated(english: string): string {
  return TRANSLATE[spoken](english);
}
