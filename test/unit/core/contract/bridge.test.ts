import { expect, it } from 'vitest';
import { localesArgument, localesIn } from '../../../../core/contract/bridge.ts';

it('the languages reach the preload script as an argument; without one, or with others, they are English', () => {
  const locales = { system: 'de', spoken: 'en' } as const;
  expect(localesIn(['electron', '--type=renderer', localesArgument(locales)])).toEqual(locales);
  expect(localesIn(['electron'])).toEqual({ system: 'en', spoken: 'en' });
  expect(localesIn(['--tessera-locales=xx'])).toEqual({ system: 'en', spoken: 'en' });
});
