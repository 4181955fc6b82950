import { toErrorShape } from '../../../core/base/errors.ts';
import type { FileGrant } from '../../../core/contract/mainApi.ts';
import type { FilesRecognised, PackageInfo } from '../../../core/contract/packageApi.ts';
import type { AddingModel, ModelChoices } from '../../state/addingModel.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { translated } from '../../state/texts.svelte.ts';
import { report } from '../report.ts';
import { listPackages } from './list.ts';
import { tryModel } from './trial.ts';

/** Asks for the files of a model, and tells what they are. */
export async function chooseModel(editor: Editor): Promise<void> {
  const files = await editor.main.call('files.openModel', null);
  if (files.length > 0) await lookAtModel(editor, files);
}

/**
 * Tells what files are, in the dialog for adding a model; what is wrong with them is said there. Files that were looked at
 * before stay beside them: the parts of a model may come one by one.
 */
export async function lookAtModel(editor: Editor, files: readonly FileGrant[]): Promise<void> {
  const before = editor.addingModel;
  const kept = before.step === 'recognised' && before.found.missing !== null ? before.files : [];
  const all = [...kept.filter(({ name }) => !files.some((file) => file.name === name)), ...files];
  editor.dialog = 'add-model';
  await working(editor, 'Looking at the files', async (signal) => {
    const found = await editor.engine.call(
      'package.recognise',
      { files: all.map(({ id }) => id) },
      { signal },
    );
    editor.addingModel = { step: 'recognised', files: all, found, choices: choicesFor(found) };
  });
}

/** What a person who says nothing gets: the model as it was published. */
function choicesFor({ name, license, making }: FilesRecognised): ModelChoices {
  return { name, license, precision: 'full', classId: null, measure: making?.quick ?? false };
}

/** Adds what was recognised, a package or checkpoints that become one, and tries it on a picture. */
export async function addModel(editor: Editor): Promise<void> {
  const { addingModel } = editor;
  if (addingModel.step !== 'recognised') return;
  const info = await working(editor, 'Adding the model', async (signal) => {
    const added = await install(editor, addingModel, signal);
    await listPackages(editor);
    return added;
  });
  if (!info) return;
  const { found, choices } = addingModel;
  const isMeasured = found.kind === 'checkpoints' && choices.precision !== 'full' && choices.measure;
  const known = isMeasured ? await measured(editor, info, addingModel.files) : info;
  if (!known) return;
  const trial = await working(editor, 'Trying it on a picture', (signal) => tryModel(editor, info, signal));
  // A model that is there and fails on the picture says so; it can be removed in the panel.
  if (editor.dialog === 'add-model' && (trial || editor.addingModel.step !== 'choose')) {
    editor.addingModel = { step: 'done', info: known, trial };
  }
}

function install(
  editor: Editor,
  { files, found, choices }: AddingModel & { readonly step: 'recognised' },
  signal: AbortSignal,
): Promise<PackageInfo> {
  const ids = files.map(({ id }) => id);
  if (found.kind === 'package') return editor.engine.call('package.install', { file: ids[0]! }, { signal });
  const { name, license, precision, classId } = choices;
  return editor.engine.call(
    'package.import',
    { files: ids, name, license, precision, classId },
    {
      signal,
      onProgress(progress) {
        show(editor, progress);
      },
    },
  );
}

/**
 * Measures what the precision of a model that was added costs, on the sample pictures. A person may go on without it, and so
 * does the dialog where it fails, which is told; null where the dialog was closed.
 */
function measured(
  editor: Editor,
  info: PackageInfo,
  files: readonly FileGrant[],
): Promise<PackageInfo | null> {
  return working(
    editor,
    'Measuring what the precision costs',
    async (signal) => {
      try {
        const samples: string[] = [];
        for (const { id } of editor.appInfo?.samples ?? []) {
          samples.push((await editor.main.call('files.openSample', { id })).id);
        }
        const params = { ref: info.ref, files: files.map(({ id }) => id), samples };
        const onProgress = (progress: { readonly done: number }): void => {
          show(editor, progress);
        };
        const known = await editor.engine.call('package.measure', params, { signal, onProgress });
        editor.packages.update(known);
        return known;
      } catch (error) {
        if (editor.dialog !== 'add-model') return null;
        report(editor, error);
        return info;
      }
    },
    true,
  );
}

/** Shows how far the work is. */
function show(editor: Editor, progress: { readonly what?: string; readonly done: number }): void {
  const { addingModel } = editor;
  if (addingModel.step === 'working') editor.addingModel = { ...addingModel, ...progress };
}

/** Does work that the dialog shows and that can be given up there; null where it was, or where it failed. */
async function working<T>(
  editor: Editor,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
  optional = false,
): Promise<T | null> {
  const stop = new AbortController();
  const before = editor.addingModel;
  editor.addingModel = {
    step: 'working',
    what,
    done: null,
    optional,
    cancel() {
      stop.abort();
    },
  };
  try {
    return await work(stop.signal);
  } catch (error) {
    const { code, message, hint } = toErrorShape(error);
    if (editor.dialog !== 'add-model') report(editor, error);
    else if (code === 'aborted') editor.addingModel = before.step === 'working' ? CHOOSE : before;
    else
      editor.addingModel = {
        step: 'choose',
        problem: translated(message) + (hint ? ` ${translated(hint)}` : ''),
      };
    return null;
  }
}

const CHOOSE = { step: 'choose', problem: null } as const;
