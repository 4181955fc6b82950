import type { Locale } from '../../core/texts/locales.ts';
import { TRANSLATE } from '../../core/texts/translate.ts';

/** The language that the window speaks now, which what is shown follows, and that of the system. */
export const spoken = $state<{ locale: Locale; system: Locale }>({ locale: 'en', system: 'en' });

/**
 * A text in the language that is spoken, for those that come from other processes or from tables: titles of commands,
 * sentences of errors. What the catalogue does not have stays English.
 */
export function translated(english: string): string {
  return TRANSLATE[spoken.locale](english);
}

/** One form for one thing, another for more; `#` is how many. The build gives the forms and the rule of the language. */
export function plural(
  count: number,
  forms: readonly string[],
  rule: (count: number) => number = (n) => (n === 1 ? 0 : 1),
): string {
  return (forms[rule(count)] ?? forms.at(-1) ?? '').replace('#', String(count));
}

/** Choices of a table, with their labels in the language that is spoken. */
export function translatedChoices<C extends { readonly label: string }>(choices: readonly C[]): C[] {
  return choices.map((choice) => ({ ...choice, label: translated(choice.label) }));
}

/** A number with so many decimals, as the language writes it: '3.2', '3,2'. */
export function decimalText(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('.', decimalSign(spoken.locale));
}

/** A number with the decimals that it has. */
export function numberText(value: number): string {
  return String(value).replace('.', decimalSign(spoken.locale));
}

function decimalSign(locale: Locale): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** How dates and times are written: as the region does, where its language is spoken. */
export function regionalLocale(
  region = (globalThis as { navigator?: Navigator }).navigator?.language ?? '',
): string {
  return region.split('-')[0] === spoken.locale ? region : spoken.locale;
}
