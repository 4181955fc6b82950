import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { bundleEngine } from './bundle.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleEngine('defect');
});

/** Plays main and a window around the engine: asks for a file, waits for its grant in vain, and meanwhile something fails. */
const STAGE = `
  const { EventEmitter } = require('node:events');
  process.parentPort = new EventEmitter();
  require(process.argv[1]);
  setTimeout(() => {
    const port = Object.assign(new EventEmitter(), {
      postMessage: (message) => console.log(JSON.stringify(message)),
      start: () => undefined,
    });
    process.parentPort.emit('message', { data: { kind: 'port' }, ports: [port] });
    port.emit('message', { data: { kind: 'call', id: 7, method: 'picture.read', params: { file: 'late' } } });
    DEFECT;
  }, 100);
`;

test.each([
  ['an error that nobody caught', `throw new Error('a defect')`],
  ['a promise that nobody watched', `Promise.reject(new Error('a defect'))`],
])('%s is logged, leaves no call hanging and ends the process', async (_, defect) => {
  const child = spawn(process.execPath, ['-e', STAGE.replace('DEFECT', defect), bundle]);
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(70);
  expect(err).toContain('a defect');
  expect(JSON.parse(out)).toEqual({
    kind: 'error',
    id: 7,
    error: { code: 'internal', message: 'The engine failed and is started again.', hint: 'Try again.' },
  });
});
