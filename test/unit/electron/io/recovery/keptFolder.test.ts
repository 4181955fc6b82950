import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createKeptFolder } from '../../../../../electron/io/recovery/keptFolder.ts';
import { inFolder } from '../make.ts';

test('what takes long holds up no snapshot; the document is forgotten after it', () =>
  inFolder(async (folder) => {
    const kept = createKeptFolder(() => folder);
    const document = randomUUID();
    let finish = (): void => undefined;
    const long = new Promise<void>((resolve) => (finish = resolve));
    const done: string[] = [];
    const note = (what: string) => (): void => {
      done.push(what);
    };
    const saves = ['first save', 'second save'].map((what) =>
      kept.beside(document, () => long).then(note(what)),
    );
    const dropped = kept.drop(document).then(note('drop'));
    await kept.use(document, () => Promise.resolve()).then(note('snapshot'));
    expect(await readdir(folder)).toEqual([document]);
    finish();
    await Promise.all([...saves, dropped]);
    expect(done).toEqual(['snapshot', 'first save', 'second save', 'drop']);
    expect(await readdir(folder)).toEqual([]);
  }));
