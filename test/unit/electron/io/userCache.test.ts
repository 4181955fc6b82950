import path from 'node:path';
import { expect, test } from 'vitest';
import { userCache } from '../../../../electron/io/userCache.ts';

test.each([
  ['linux', {}, '/home/me/.cache/tessera'],
  ['linux', { XDG_CACHE_HOME: '/fast' }, '/fast/tessera'],
  ['darwin', {}, '/home/me/Library/Caches/Tessera'],
  ['win32', {}, '/home/me/AppData/Local/Tessera/cache'],
  ['win32', { LOCALAPPDATA: '/app' }, '/app/Tessera/cache'],
] as const)('on %s with %j it is %s', (platform, env, folder) => {
  expect(userCache(env, platform, '/home/me')).toBe(path.normalize(folder));
});
