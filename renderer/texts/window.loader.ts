// The build has each component ask here for the texts of the language that is spoken.
import toRuntime, { type CatalogModule, type Runtime } from 'wuchale/runtime';
import { type Locale, PSEUDO_LOCALE } from '../../core/texts/locales.ts';
import { pseudoLetters, pseudoText } from '../../core/texts/pseudo.ts';
import { spoken } from '../state/texts.svelte.ts';

type Item = CatalogModule['c'][number];

const runtimes = new Map<CatalogModule, Map<Locale, Runtime>>(); // by the English catalogue

/** The texts of the language that is spoken, of those files that share a catalogue. */
export function getRuntime(catalogues: Readonly<Record<string, CatalogModule>>): Runtime {
  const { locale } = spoken;
  const english = catalogues.en!;
  const known = runtimes.get(english) ?? new Map<Locale, Runtime>();
  runtimes.set(english, known);
  const runtime =
    known.get(locale) ?? toRuntime(locale === PSEUDO_LOCALE ? pseudo(english) : catalogues[locale], locale);
  known.set(locale, runtime);
  return runtime;
}

/** The same, for what follows a change of the language. */
export function getRuntimeRx(catalogues: Readonly<Record<string, CatalogModule>>): Runtime {
  return getRuntime(catalogues);
}

function pseudo(english: CatalogModule): CatalogModule {
  return { ...english, c: english.c.map(pseudoItem) };
}

function pseudoItem(item: Item): Item {
  if (typeof item === 'string') return pseudoText(item);
  const parts: readonly Part[] = item;
  // Forms for one and for more; else the pieces of a text.
  if (parts.every((part) => typeof part === 'string')) return parts.map(pseudoText);
  return ['[', ...parts.map(pseudoPart), '··]'] as Item;
}

/** A piece of a text: words, the number of a value, or an element with its number and its own pieces. */
type Part = string | number | readonly Part[];

function pseudoPart(part: Part): Part {
  if (typeof part === 'string') return pseudoLetters(part);
  return typeof part === 'number' ? part : part.map(pseudoPart);
}
