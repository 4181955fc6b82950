import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { FileGrant, RecentFile } from '../../../../../core/contract/mainApi.ts';
import type { FrameTokens } from '../../../../../core/document/document.ts';
import {
  checkModel,
  exportModel,
  moveModels,
  projectsThatNeed,
  repairModel,
} from '../../../../../renderer/commands/models/care.ts';
import { followPackage } from '../../../../../renderer/commands/models/followPackage.svelte.ts';
import { listPackages } from '../../../../../renderer/commands/models/list.ts';
import { removeBroken, removeModel } from '../../../../../renderer/commands/models/models.ts';
import { type Bench, createBench, openPicture, PACKAGE } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { APP_INFO, FakeMain } from '../../support/fakeMain.ts';

const OLD = { ...PACKAGE, ref: 'tiny', id: 'tiny', name: 'Tiny', version: '1.0.0', sha256: '01', own: true };
const NEW = { ...OLD, version: '2.0.0', sha256: '02' };
const OLD_BESIDE = { ...OLD, ref: 'tiny:1.0.0' };
const FILE: FileGrant = { id: 'g1', name: 'tiny.tspkg', kind: 'model', access: 'read' };
const DAMAGED = new TesseraError('package', 'decoder.onnx of the package tiny is damaged.', 'Repair it.');

let bench: Bench;
let answers: number[];
let asked: { message: string; detail: string }[];
beforeEach(() => {
  answers = [];
  asked = [];
  bench = createBench(
    new FakeMain({
      'dialog.ask': ({ message, detail }) => {
        asked.push({ message, detail });
        return answers.shift() ?? 1;
      },
      'files.openModel': () => [FILE],
      'files.save': () => ({ ...FILE, access: 'write' }),
      'packages.chooseFolder': () => ({ ...FILE, id: 'folder' }),
      'app.info': () => ({ ...APP_INFO, packagesFolder: '/mnt/packages' }),
      'files.openRecent': ({ id }) => {
        if (id === 'gone') throw new TesseraError('input', 'It is gone.');
        return { id: `grant of ${id}`, name: id, kind: 'project', access: 'read' };
      },
    }),
  );
});

const said = (): string[] => bench.editor.notices.list.map(({ message }) => message);

describe('a list of packages that changes', () => {
  const refresh = async (...list: (typeof PACKAGE)[]): Promise<void> => {
    const listing = listPackages(bench.editor);
    await bench.engine.newest('package.list').answer(list);
    await listing;
  };

  it('leaves what was chosen chosen, whatever it is called now', async () => {
    const { editor } = bench;
    await refresh(PACKAGE, OLD);
    editor.fillSettings.package = 'tiny';
    const document = openPicture(bench);
    document.package = 'tiny';
    await refresh(PACKAGE, NEW, OLD_BESIDE);
    expect([editor.fillSettings.package, document.package]).toEqual(['tiny:1.0.0', 'tiny:1.0.0']);
    document.package = 'tiny';
    await refresh(PACKAGE, OLD); // the newer one was removed
    expect(editor.fillSettings.package).toBe('tiny');
    expect(document.package).toBe('tiny'); // what is left of it
  });

  it('takes a version by its name where it stands alone', async () => {
    const { editor } = bench;
    editor.fillSettings.package = 'tiny:1.0.0'; // as it was called last time
    await refresh(OLD);
    expect(editor.fillSettings.package).toBe('tiny');
    expect(editor.packages.byRef('tiny:1.0.0')).toEqual(OLD);
  });

  it('goes to the version that the tokens of a project were made with', () => {
    const { editor } = bench;
    editor.packages.list = [NEW, OLD_BESIDE];
    editor.fillSettings.package = 'tiny';
    const stop = followPackage(editor);
    openPicture(bench);
    flushSync();
    expect(editor.fillSettings.package).toBe('tiny');
    const project = openPicture(bench);
    project.current = { ...project.current, tokens: [{ package: OLD } as unknown as FrameTokens] };
    flushSync();
    project.package = null;
    editor.active = null;
    flushSync();
    editor.active = project;
    flushSync();
    expect([project.package, editor.fillSettings.package]).toEqual(['tiny:1.0.0', 'tiny:1.0.0']);
    stop();
  });
});

describe('a package', () => {
  it('is checked, and said to be intact', async () => {
    const checking = checkModel(bench.editor, OLD);
    await bench.engine.newest('package.verify').answer(null);
    await checking;
    expect(said()).toEqual(['Tiny is intact.']);
  });

  it('that is damaged is repaired from what is here, if the person wants that', async () => {
    const { editor, engine } = bench;
    const left = checkModel(editor, OLD);
    await engine.newest('package.verify').fail(DAMAGED);
    await left;
    expect(asked).toEqual([{ message: 'Tiny is damaged.', detail: DAMAGED.message }]);
    expect(engine.asked.map(({ method }) => method)).toEqual(['package.verify']);

    answers = [0];
    const checking = checkModel(editor, OLD);
    await engine.newest('package.verify').fail(DAMAGED);
    expect(engine.newest('package.repair').params).toEqual({ ref: 'tiny:1.0.0', from: null });
    await engine.newest('package.repair').answer(['decoder.onnx']);
    await engine.newest('package.list').answer([OLD]);
    await engine.newest('package.broken').answer([]);
    await engine.newest('package.space').answer(null);
    await checking;
    expect(said()).toEqual(['Repaired Tiny.']);
  });

  it('of which no copy is here is repaired from a file', async () => {
    const { editor, engine } = bench;
    answers = [0];
    const repairing = repairModel(editor, 'tiny', 'Tiny');
    await engine.newest('package.repair').fail(DAMAGED);
    expect(engine.newest('package.repair').params).toEqual({ ref: 'tiny', from: 'g1' });
    await engine.newest('package.repair').fail(new TesseraError('package', 'That is another one.'));
    await repairing;
    expect(said()).toEqual(['That is another one.']);
  });

  it('is exported under its id and version', async () => {
    const { editor, engine, main } = bench;
    const exporting = exportModel(editor, OLD_BESIDE);
    await settled();
    expect(main.asked.at(-1)).toEqual({
      method: 'files.save',
      params: { kind: 'package', name: 'tiny-1.0.0.tspkg' },
    });
    engine.newest('package.export').tell({ done: 0.5 });
    expect(editor.activity).toMatchObject({ label: 'Exporting Tiny', done: 0.5 });
    expect(engine.newest('package.export').params).toEqual({ ref: 'tiny:1.0.0', file: 'g1' });
    await engine.newest('package.export').answer(null);
    await exporting;
    expect(said()).toEqual(['Exported Tiny to tiny.tspkg.']);
  });

  it('that cannot be used is removed by the name of its folder', async () => {
    const { editor, engine } = bench;
    answers = [0];
    const removing = removeBroken(editor, 'half');
    await settled();
    expect(engine.newest('package.remove').params).toEqual({ ref: 'half' });
    await engine.newest('package.remove').answer(null);
    await engine.newest('package.list').answer([PACKAGE]);
    await removing;
    expect(said()).toEqual(['Removed half.']);
    expect(editor.fillSettings.package).toBe('tessera-base');
  });
});

it('packages are moved to the folder that is chosen, which the settings then show', async () => {
  const { editor, engine } = bench;
  const moving = moveModels(editor);
  await settled();
  engine.newest('package.move').tell({ done: 0.25 });
  expect(editor.activity).toMatchObject({ label: 'Moving the packages', done: 0.25 });
  expect(engine.newest('package.move').params).toEqual({ folder: 'folder' });
  await engine.newest('package.move').answer(null);
  await engine.newest('package.list').answer([PACKAGE]);
  await moving;
  expect(editor.appInfo?.packagesFolder).toBe('/mnt/packages');
  expect(said()).toEqual(['Packages live in /mnt/packages now.']);
});

describe('before a package is removed', () => {
  const recent = (...ids: string[]): RecentFile[] => [
    ...ids.map((id) => ({ id, name: id, folder: '~', kind: 'project', look: null }) as const),
    { id: 'photo', name: 'photo', folder: '~', kind: 'picture', look: null },
  ];

  it('projects that need it are counted, each once, and their files let go', async () => {
    const { editor, engine, main } = bench;
    main.answers['files.release'] = () => null;
    editor.recent = recent('a', 'gone', 'b', 'open');
    const document = openPicture(bench);
    document.project = { id: 'grant of open', name: 'open', kind: 'project', access: 'write' };
    const unsaved = openPicture(bench);
    unsaved.current = { ...unsaved.current, tokens: [{ package: OLD } as unknown as FrameTokens] };
    const counting = projectsThatNeed(editor, '01');
    await settled();
    const { params } = engine.newest('package.needs');
    expect(params).toEqual({ projects: ['grant of a', 'grant of b', 'grant of open'] });
    const need = { id: 'tiny', sha256: '01' };
    await engine.newest('package.needs').answer([[need], null, [{ id: 'other', sha256: '09' }, need]]);
    expect(await counting).toBe(3);
    expect(main.asked.at(-1)).toEqual({
      method: 'files.release',
      params: { files: ['grant of a', 'grant of b'] },
    });
  });

  it('the person is told how many need it', async () => {
    const { editor, engine } = bench;
    editor.recent = recent('a', 'b');
    const removing = removeModel(editor, OLD);
    await settled();
    const need = [{ id: 'tiny', sha256: '01' }];
    await engine.newest('package.needs').answer([need, need]);
    await removing;
    expect(asked).toEqual([
      {
        message: 'Remove Tiny?',
        detail: expect.stringMatching(/^2 open or recent projects need it/) as string,
      },
    ]);
  });
});
