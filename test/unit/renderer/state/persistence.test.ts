import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FillSettings } from '../../../../renderer/state/fillSettings.svelte.ts';
import { Preferences } from '../../../../renderer/state/preferences.svelte.ts';
import { Tools } from '../../../../renderer/state/tools.svelte.ts';

const STORES = [
  ['preferences', () => new Preferences()],
  ['tools', () => new Tools()],
  ['fill settings', () => new FillSettings()],
] as const;

describe.each(STORES)('what is persisted of the %s', (_, create) => {
  it('comes back through JSON', () => {
    const store = create();
    expect(Object.keys(store.values()).length).toBeGreaterThan(2);
    const again = create();
    again.restore(JSON.parse(JSON.stringify(store.values())));
    expect(again.values()).toEqual(store.values());
  });

  it('is not taken over where it makes no sense', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (junk) => {
        const store = create();
        const before = store.values();
        store.restore(junk);
        const types = (values: Record<string, unknown>) =>
          Object.entries(values).map(([k, v]) => [k, typeof v]);
        expect(types(store.values())).toEqual(types(before));
      }),
    );
  });
});

describe('restoring', () => {
  it('takes what is good and leaves the rest', () => {
    const tools = new Tools();
    tools.restore({ tolerance: 120, hardness: 7, pressure: 'yes', opacity: NaN, unknown: 1 });
    expect(tools.values()).toEqual({ ...new Tools().values(), tolerance: 120 });

    const fill = new FillSettings();
    const prompts = ['brick wall', 7];
    fill.restore({ preset: 'wild', candidates: 2.5, texture: 1.5, package: 'other', prompt: 'sky', prompts });
    expect(fill.values()).toEqual({ ...new FillSettings().values(), package: 'other', prompt: 'sky' });

    const preferences = new Preferences();
    preferences.restore({ overlayColour: 'red', panel: 'fish', rulers: true });
    expect(preferences.values()).toEqual({ ...new Preferences().values(), rulers: true });
  });
});
