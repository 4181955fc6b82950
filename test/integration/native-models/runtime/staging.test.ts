import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inStaging } from '../../../../native-models/runtime/staging.ts';
import { temporaryFolder } from './fixtures.ts';

it('works in a folder that nobody lists, and is gone afterwards, also after a failure', async () => {
  const folder = temporaryFolder();
  const name = await inStaging(folder, 'installing', () => Promise.resolve(readdirSync(folder)[0]!));
  expect(name).toMatch(/^\.installing-/);
  await expect(inStaging(folder, 'moving', () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  expect(readdirSync(folder)).toEqual([]);
});

it('removes what a killed process left, and leaves alone what is at work, here or elsewhere', async () => {
  const folder = temporaryFolder();
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  const own = await inStaging(folder, 'installing', () => Promise.resolve(readdirSync(folder)[0]!));
  const named = (pid: number, host?: string): string =>
    own.replace(/-([0-9a-f]{6})-\d+-/, (_, here: string) => `-${host ?? here}-${pid}-`);
  const left = [named(dead.pid!), named(process.pid)];
  const kept = [named(process.ppid), named(dead.pid!, '00000f'), '.hidden', 'tiny'];
  for (const name of [...left, ...kept]) mkdirSync(join(folder, name, 'full'), { recursive: true });
  await inStaging(folder, 'removing', async (staging) => {
    await inStaging(folder, 'installing', () => Promise.resolve());
    expect(readdirSync(folder)).toContain(staging.slice(folder.length + 1));
  });
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});
