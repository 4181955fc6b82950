import { describe, expect, it } from 'vitest';
import css from '../../../../../renderer/ui/design/tokens.css?raw';
import { rgb } from '../../../../../renderer/ui/text/colour.ts';

const [dark = '', light = ''] = css.split("[data-theme='light'],");

/** The colours of a theme; light leaves none out, as the test of names holds. */
function coloursIn(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = rgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const SURFACES = ['surround', 'chrome', 'panel', 'raised', 'field'];
const TEXT: readonly [ink: string, surfaces: readonly string[]][] = [
  ['ink', [...SURFACES, 'control', 'control-hover']],
  ['ink-soft', [...SURFACES, 'control']],
  ['ink-faint', SURFACES],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-accent-quiet', ['accent-quiet']],
  ['on-danger-quiet', ['danger-quiet']],
];
/** Focus rings, what is filled of a slider, icons of messages. */
const SIGNS: readonly [sign: string, surfaces: readonly string[]][] = [
  ['focus', SURFACES],
  ['accent', ['chrome', 'panel', 'raised']],
  ['danger', ['raised']],
];

describe.each([
  ['dark', coloursIn(dark)],
  ['light', coloursIn(light)],
])('the %s theme', (_, colours) => {
  const pairs = (list: typeof TEXT): [string, string][] =>
    list.flatMap(([ink, surfaces]) => surfaces.map((surface): [string, string] => [ink, surface]));

  it.each(pairs(TEXT))('has text of %s on %s that can be read (4.5:1)', (ink, surface) => {
    expect(contrast(colours.get(ink)!, colours.get(surface)!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(SIGNS))('has signs of %s on %s that can be seen (3:1)', (sign, surface) => {
    expect(contrast(colours.get(sign)!, colours.get(surface)!)).toBeGreaterThanOrEqual(3);
  });
});

it('names the same colours in both themes', () => {
  expect([...coloursIn(light).keys()]).toEqual([...coloursIn(dark).keys()]);
});
