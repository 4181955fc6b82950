import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { numberParts } from '../../../../../../../core/document/projectFile.ts';
import { growRect } from '../../../../../../../core/base/geometry.ts';
import { extendCanvas } from '../../../../../../../core/document/canvas.ts';
import { paint, select } from '../../../../../../unit/core/document/support.ts';
import { stream } from '../../../../../../unit/core/pixels/random.ts';
import {
  commit,
  move,
  moreTokens,
  startWork,
  tokensOfFill,
  type Work,
} from '../../../../../../unit/core/document/project/support.ts';
import { type Client, type Engine, recover, startClient, startEngine } from '../support.ts';
import { fingerprint } from './fingerprint.ts';

// Works on a document without end, as a window with its engine does, until it is killed. What it is about to keep, and
// what was kept, it says on stdout: `try <step> <fingerprint>`, `kept <step>`, `saved <step>`.

const [folder = '', seed = '1', done = '0'] = process.argv.slice(2); // done: the last step of those before it

const LONGEST = 30; // steps of the history

/** Straight to the pipe: what was said counts, however soon after it the process dies. */
function say(...words: (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

async function begin(engine: Engine): Promise<{ client: Client; work: Work }> {
  const [left] = await engine.call('recovery.list', { open: [] });
  if (!left) return { client: startClient(engine), work: startWork() };
  const work = await recover(engine, left.document);
  return { client: startClient(engine, left.document, numberParts(work.ids)), work };
}

function nextStep(work: Work, step: number, next: () => number): Work {
  const { history } = work;
  const label = `Step ${step}`;
  const rect = {
    x: Math.floor(next() * 300) - 50,
    y: Math.floor(next() * 200) - 20,
    width: 40,
    height: 40,
  };
  const back = next() < 0.2 ? move(work, Math.floor(next() * history.entries.length)) : work;
  const kind = next();
  if (history.entries.length > LONGEST)
    return commit(startWork(), label, paint(startWork().document, rect, step));
  if (kind < 0.6) return commit(back, label, paint(back.document, rect, step));
  if (kind < 0.8) return commit(back, label, select(back.document, rect, step));
  if (kind < 0.9) return commit(back, label, moreTokens(back.document, tokensOfFill(step)));
  return commit(back, label, extendCanvas(back.document, growRect(back.document.canvas, 8)));
}

const engine = await startEngine(folder);
const { client, work } = await begin(engine);
const random = stream(Number(seed));
let current = work;
const recovered = Number(/\d+/.exec(work.history.entries.at(-1)?.label ?? '0')![0]); // none where all was saved
for (let step = 1 + Math.max(recovered, Number(done)); ; step++) {
  current = nextStep(current, step, random);
  say('try', step, fingerprint(client.snapshot(current)));
  await client.keep(current);
  say('kept', step);
  if (step % 5 === 0) {
    await client.save(current, join(folder, 'work.tessera'));
    say('saved', step);
  }
}
