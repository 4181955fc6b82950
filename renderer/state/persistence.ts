/** Whether a persisted value can be taken over. */
export type Check = (value: unknown) => boolean;

export const isSwitch: Check = (value) => typeof value === 'boolean';
export const isColour: Check = (value) => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
export const isText: Check = (value) => typeof value === 'string';
export const isTexts =
  (most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(isText);
export const isNumber =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;
export const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && isNumber(least, most)(value);
export const isOneOf =
  (choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value);

/** The fields of a store that outlive the program, as plain JSON. */
export function persistedValues(
  store: object,
  checks: Readonly<Record<string, Check>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(checks).map((name) => [name, Reflect.get(store, name) as unknown]));
}

/** Takes over what was persisted, field by field, where it is known and can be; the rest stays as it is. */
export function restorePersisted(
  store: object,
  checks: Readonly<Record<string, Check>>,
  persisted: unknown,
): void {
  if (typeof persisted !== 'object' || persisted === null) return;
  for (const [name, check] of Object.entries(checks)) {
    const value: unknown = Reflect.get(persisted, name);
    if (check(value)) Reflect.set(store, name, value);
  }
}
