import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../../../../electron/cli/main.ts';
import { recorder } from '../../../unit/electron/cli/support.ts';
import { pixelsOf, ROOT, TINY, workspace } from './support.ts';

it('demo writes original, mask and result side by side', async () => {
  const root = workspace();
  for (const file of ['package.json', 'assets/samples/nuthatch.jpg', 'assets/samples/nuthatch-mask.png']) {
    cpSync(path.join(ROOT, file), root.at(file));
  }
  const terminal = recorder();
  const code = await main(['demo', '--package', TINY], { root: root.folder }, terminal);
  expect({ code, stderr: terminal.stderr }).toEqual({ code: 0, stderr: '' });
  expect(terminal.stdout).toContain(root.at('out', 'demo.png'));
  const { width, height } = await pixelsOf(root.at('out', 'demo.png'));
  expect({ width, height }).toEqual({ width: 3 * 640 + 2 * 12, height: 360 });
});
