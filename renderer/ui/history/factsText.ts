/** The parameters of a step in one line: 'Balanced · Seed 7 · Steps 12'. What speaks for itself goes without its name. */
export function factsText(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts)
    .map(([name, value]) => (PLAIN.has(name) ? value : `${name} ${value}`))
    .map((fact) => fact.replaceAll(' ', NO_BREAK))
    .join(' · ');
}

const NO_BREAK = '\u00a0'; // a number stays with its unit
const PLAIN: ReadonlySet<string> = new Set(['Preset', 'Size', 'Package', 'Time']);
