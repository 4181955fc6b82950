import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { FileGrant } from '../../../../../core/contract/mainApi.ts';
import type { FilesRecognised } from '../../../../../core/contract/packageApi.ts';
import { closeDialog } from '../../../../../renderer/commands/dialogs.ts';
import { dropFiles } from '../../../../../renderer/commands/files/open.ts';
import { addModel, chooseModel, lookAtModel } from '../../../../../renderer/commands/models/add.ts';
import { followPackage } from '../../../../../renderer/commands/models/followPackage.svelte.ts';
import { newFromModel, removeModel, useModel } from '../../../../../renderer/commands/models/models.ts';
import type { AddingModel } from '../../../../../renderer/state/addingModel.ts';
import { createBench, openPicture, PACKAGE, type Bench } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { APP_INFO, FakeMain } from '../../support/fakeMain.ts';

const SAMPLER: FileGrant = { id: 'g1', name: 'absorbing_ema_9.th', kind: 'model', access: 'read' };
const VQGAN: FileGrant = { id: 'g2', name: 'vqgan_ema_9.th', kind: 'model', access: 'read' };
const OTHER = { ...PACKAGE, ref: 'other', id: 'other', name: 'Other', own: true };
const MAKING = {
  bytes: { full: 400, half: 200, int8: 150 },
  fill: { full: 9000, half: 9000, int8: 4000 },
  classes: 0,
  quick: true,
};
const found = (missing: string | null, kind: FilesRecognised['kind'] = 'checkpoints'): FilesRecognised => ({
  kind,
  name: 'A model',
  license: 'MIT',
  parts: [],
  missing,
  notes: [],
  making: kind === 'package' || missing !== null ? null : MAKING,
});

/** Gives up what the dialog shows to be under way. */
function closeWork(adding: AddingModel): void {
  if (adding.step === 'working') adding.cancel();
}

let bench: Bench;
let answer = 0;
beforeEach(() => {
  answer = 0;
  bench = createBench(
    new FakeMain({
      'files.openModel': () => [SAMPLER],
      'files.openSample': () => ({ id: 's', name: 'coffee.png', kind: 'picture', access: 'read' }),
      'dialog.ask': () => answer,
    }),
  );
});

describe('adding a model', () => {
  it('tells what the files are, and keeps a part while the other is chosen', async () => {
    const { editor, engine } = bench;
    const first = chooseModel(editor);
    await settled();
    expect(editor.dialog).toBe('add-model');
    expect(editor.addingModel.step).toBe('working');
    await engine.newest('package.recognise').answer(found('Its VQGAN is a second file.'));
    await first;
    expect(editor.addingModel).toMatchObject({ step: 'recognised', files: [SAMPLER] });
    const second = lookAtModel(editor, [VQGAN]);
    expect(engine.newest('package.recognise').params).toEqual({ files: ['g1', 'g2'] });
    await engine.newest('package.recognise').answer(found(null));
    await second;
    void lookAtModel(editor, [SAMPLER]); // a whole model was there, so this is another
    expect(engine.newest('package.recognise').params).toEqual({ files: ['g1'] });
  });

  it('says in the dialog what is wrong with the files', async () => {
    const { editor, engine } = bench;
    const looking = lookAtModel(editor, [SAMPLER]);
    await engine
      .newest('package.recognise')
      .fail(new TesseraError('input', 'It is a LoRA.', 'See the list.'));
    await looking;
    expect(editor.addingModel).toEqual({ step: 'choose', problem: 'It is a LoRA. See the list.' });
    expect(editor.notices.list).toEqual([]);
  });

  it('stops when the dialog is closed, and forgets what was chosen', async () => {
    const { editor } = bench;
    const looking = lookAtModel(editor, [SAMPLER]);
    closeDialog(editor);
    await looking;
    expect(editor.dialog).toBeNull();
    expect(editor.addingModel).toEqual({ step: 'choose', problem: null });
  });

  it('installs a package and tries it on a picture', async () => {
    const { editor, engine } = bench;
    const looking = lookAtModel(editor, [{ ...SAMPLER, name: 'other.tspkg' }]);
    await engine.newest('package.recognise').answer(found(null, 'package'));
    await looking;
    const adding = addModel(editor);
    expect(engine.newest('package.install').params).toEqual({ file: 'g1' });
    await engine.newest('package.install').answer(OTHER);
    await engine.newest('package.list').answer([PACKAGE, OTHER]);
    expect(editor.addingModel).toMatchObject({ step: 'working', what: 'Trying it on a picture' });
    const reading = engine.newest('picture.read');
    await reading.answer({
      width: 300,
      height: 200,
      name: 'coffee.png',
      format: 'png',
      frames: 1,
      frame: 1,
      missing: null,
      metadata: {},
    });
    await settled();
    const asked = engine.newest('fill.run');
    expect(asked.params).toMatchObject({ package: 'other', candidates: 1 });
    await asked.answer({
      candidates: [{ patches: [], score: null }],
      ranking: [0],
      frames: [],
      package: { id: 'other', sha256: '' },
      selectedPixels: 1,
      timings: { encode: 0, steps: 0, decode: 0, composite: 0, synthesis: 0, ranking: 0, previews: 0 },
    });
    await adding;
    expect(editor.addingModel).toMatchObject({ step: 'done', info: OTHER, trial: { patches: [] } });
    expect(editor.packages.list).toEqual([PACKAGE, OTHER]);
  });

  it('makes a package of checkpoints as a person says, tells how far it is, and stops', async () => {
    const { editor, engine } = bench;
    const looking = lookAtModel(editor, [SAMPLER, VQGAN]);
    await engine.newest('package.recognise').answer(found(null));
    await looking;
    const { addingModel } = editor;
    if (addingModel.step !== 'recognised') expect.fail('It was not recognised.');
    expect(addingModel.choices).toEqual({
      name: 'A model',
      license: 'MIT',
      precision: 'full',
      classId: null,
      measure: true,
    });
    const choices = { ...addingModel.choices, name: 'Mine', precision: 'int8' } as const;
    editor.addingModel = { ...addingModel, choices };
    const adding = addModel(editor);
    const asked = engine.newest('package.import');
    const said = { name: 'Mine', license: 'MIT', precision: 'int8', classId: null };
    expect(asked.params).toEqual({ files: ['g1', 'g2'], ...said });
    expect(editor.addingModel).toMatchObject({ step: 'working', what: 'Adding the model', done: null });
    asked.tell({ what: 'Writing the models', done: 0.25 });
    await settled();
    expect(editor.addingModel).toMatchObject({ step: 'working', what: 'Writing the models', done: 0.25 });
    closeWork(editor.addingModel);
    await adding;
    expect(editor.addingModel).toMatchObject({ step: 'recognised', choices }); // nothing has to be said again
  });

  describe('measures what a lower precision costs', () => {
    const COST = {
      pictures: 1,
      tokenizer: { loss: 0.02, likeness: 60, sameCodes: 0.99 },
      denoiser: { published: 7, now: 7.01 },
    };

    /** A model is added with 16 bits, up to its measuring. */
    async function added(measure: boolean): Promise<{ readonly adding: Promise<void> }> {
      const { editor, engine } = bench;
      editor.appInfo = { ...APP_INFO, samples: [{ id: 'coffee', name: 'Coffee' }] };
      const looking = lookAtModel(editor, [SAMPLER, VQGAN]);
      await engine.newest('package.recognise').answer(found(null));
      await looking;
      const { addingModel } = editor;
      if (addingModel.step !== 'recognised') expect.fail('It was not recognised.');
      editor.addingModel = {
        ...addingModel,
        choices: { ...addingModel.choices, precision: 'half', measure },
      };
      const adding = addModel(editor);
      await engine.newest('package.import').answer(OTHER);
      await engine.newest('package.list').answer([PACKAGE, OTHER]);
      await settled();
      return { adding };
    }

    it('on the sample pictures, and shows how far it is', async () => {
      const { editor, engine } = bench;
      await added(true);
      const asked = engine.newest('package.measure');
      expect(asked.params).toEqual({ ref: 'other', files: ['g1', 'g2'], samples: ['s'] });
      expect(editor.addingModel).toMatchObject({
        what: 'Measuring what the precision costs',
        optional: true,
      });
      asked.tell({ done: 0.5 });
      await settled();
      expect(editor.addingModel).toMatchObject({ step: 'working', done: 0.5 });
      await asked.answer({ ...OTHER, cost: COST });
      await settled();
      expect(editor.packages.list).toContainEqual({ ...OTHER, cost: COST });
      expect(editor.addingModel).toMatchObject({ what: 'Trying it on a picture', optional: false });
    });

    it('and goes on without it where a person skips it', async () => {
      const { editor } = bench;
      await added(true);
      closeWork(editor.addingModel);
      await settled();
      expect(editor.addingModel).toMatchObject({ what: 'Trying it on a picture' });
      expect(editor.notices.list).toEqual([]);
    });

    it('and says so where it fails, and goes on', async () => {
      const { editor, engine } = bench;
      await added(true);
      await engine.newest('package.measure').fail(new TesseraError('output', 'The disk is full.'));
      await settled();
      expect(editor.addingModel).toMatchObject({ what: 'Trying it on a picture' });
      expect(editor.notices.list).toMatchObject([{ message: 'The disk is full.' }]);
    });

    it('and ends with the dialog', async () => {
      const { editor, engine } = bench;
      const { adding } = await added(true);
      closeDialog(editor);
      await adding;
      expect(editor.addingModel).toEqual({ step: 'choose', problem: null });
      expect(engine.asked.some(({ method }) => method === 'picture.read')).toBe(false);
    });

    it('and not where a person does not want it', async () => {
      const { editor, engine } = bench;
      await added(false);
      expect(editor.addingModel).toMatchObject({ what: 'Trying it on a picture' });
      expect(engine.asked.some(({ method }) => method === 'package.measure')).toBe(false);
    });
  });

  it('takes files of a model that are dropped, all together', async () => {
    const { editor, main, engine } = bench;
    main.dropped = (file) => Promise.resolve([{ name: 'a model', file: file as FileGrant }]);
    void dropFiles(editor, [SAMPLER, VQGAN]);
    await settled();
    expect(engine.newest('package.recognise').params).toEqual({ files: ['g1', 'g2'] });
    expect(editor.documents).toEqual([]);
  });
});

describe('packages side by side', () => {
  it('are chosen for each document', () => {
    const { editor } = bench;
    editor.packages.list = [PACKAGE, OTHER];
    const stop = followPackage(editor);
    const first = openPicture(bench);
    flushSync();
    useModel(editor, 'other');
    const second = openPicture(bench);
    flushSync();
    useModel(editor, 'tessera-base');
    flushSync();
    expect(editor.fillSettings.package).toBe('tessera-base');
    editor.active = first;
    flushSync();
    expect(editor.fillSettings.package).toBe('other');
    editor.active = second;
    flushSync();
    expect(editor.fillSettings.package).toBe('tessera-base');
    stop();
  });

  it('are removed after a question, and another one is used then', async () => {
    const { editor, engine } = bench;
    editor.packages.list = [PACKAGE, OTHER];
    useModel(editor, 'other');
    answer = 1;
    await removeModel(editor, OTHER);
    expect(engine.asked).toEqual([]);
    answer = 0;
    const removing = removeModel(editor, OTHER);
    await settled();
    expect(engine.newest('package.remove').params).toEqual({ ref: 'other:0.1.0' });
    await engine.newest('package.remove').answer(null);
    await engine.newest('package.list').answer([PACKAGE]);
    await removing;
    expect(editor.fillSettings.package).toBe('tessera-base');
    expect(editor.packages.list).toEqual([PACKAGE]);
  });
});

it('a picture from the model is a new one, all of which is filled', async () => {
  const { editor, engine } = bench;
  void newFromModel(editor, { width: 128, height: 160 });
  await settled();
  const { params } = engine.newest('fill.run');
  expect(editor.active?.current.canvas).toEqual({ x: 0, y: 0, width: 128, height: 160 });
  expect(params.frames).toHaveLength(1);
  expect(params.frames[0]!.selection.every((value) => value === 255)).toBe(true);
  await expect(newFromModel(editor, { width: 30_000, height: 30_000 })).rejects.toMatchObject({
    code: 'limit',
  });
});
