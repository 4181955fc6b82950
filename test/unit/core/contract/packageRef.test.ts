import { expect, it } from 'vitest';
import { packageRef, serverIn } from '../../../../core/contract/packageRef.ts';

it.each([null, 'models.example.org:8000', 'me@models.example.org/v2'])('names the server %s', (server) => {
  expect(serverIn(packageRef('tessera-base', server))).toBe(server);
});

it('is the id alone on this machine', () => {
  expect(packageRef('tessera-base', null)).toBe('tessera-base');
});
