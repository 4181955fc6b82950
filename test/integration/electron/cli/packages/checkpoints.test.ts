import { expect, test } from 'vitest';
import { ROOT, tessera, workspace } from '../support.ts';

const fixture = (name: string): string => `${ROOT}/test/fixtures/importers/${name}`;
const space = workspace();

test('a checkpoint is listed tensor by tensor', async () => {
  const { code, stdout } = await tessera('packages', '--inspect', fixture('ut_sampler.th'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+ +float32 \d+( x \d+)*$/m);
  expect(stdout).toMatch(/\d+ tensors, [\d,]+ values/);

  const { stdout: json } = await tessera('packages', '--inspect', fixture('kinds.safetensors'), '--json');
  expect(JSON.parse(json)).toMatchObject({
    ok: true,
    tensors: expect.arrayContaining([expect.objectContaining({ dtype: 'bfloat16' })]) as unknown,
  });
});

test('a file that is no checkpoint is refused in one sentence', async () => {
  space.write('notes.pt', 'no weights here, only words');
  const { code, stderr } = await tessera('packages', '--inspect', space.at('notes.pt'));
  expect(code).toBe(1);
  expect(stderr).toContain('it is none of the formats of PyTorch or safetensors');
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
});
