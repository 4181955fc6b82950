import { toErrorShape } from '../../../core/base/errors.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { nameWithVersion, versionName } from '../../../core/model/packageName.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { withActivity } from '../files/activity.ts';
import { report } from '../report.ts';
import { listPackages, lookAtDisk } from './list.ts';

/** Compares every file of a package with what it should be; a damaged one is repaired if the person wants that. Never rejects. */
export async function checkModel(editor: Editor, info: PackageInfo): Promise<void> {
  const { name } = info;
  const ref = nameWithVersion(info); // else another version would be meant once this one is seen to be damaged
  try {
    await withActivity(editor, `Checking ${name}`, ({ signal }) =>
      editor.engine.call('package.verify', { ref }, { signal }),
    );
    editor.notices.done(`${name} is intact.`);
  } catch (error) {
    const { code, message } = toErrorShape(error);
    if (code !== 'package') {
      report(editor, error);
      return;
    }
    const answer = await editor.main.call('dialog.ask', {
      message: `${name} is damaged.`,
      detail: message,
      buttons: ['Repair', 'Cancel'],
    });
    if (answer === 0) await repairModel(editor, ref, name);
  }
}

/** Repairs a package from another copy that is here, or else from a file that the person chooses. Never rejects. */
export async function repairModel(editor: Editor, ref: string, name: string): Promise<void> {
  try {
    const restored = (await repairFrom(editor, ref, name, null)) ?? (await repairFromFile(editor, ref, name));
    if (restored === null) return;
    await listPackages(editor);
    await lookAtDisk(editor);
    editor.notices.done(restored.length === 0 ? `${name} is intact.` : `Repaired ${name}.`);
  } catch (error) {
    report(editor, error);
  }
}

/** The files that were restored; null where no copy is here. */
async function repairFrom(
  editor: Editor,
  ref: string,
  name: string,
  from: string | null,
): Promise<string[] | null> {
  try {
    return await withActivity(editor, `Repairing ${name}`, ({ signal }) =>
      editor.engine.call('package.repair', { ref, from }, { signal }),
    );
  } catch (error) {
    if (from === null && toErrorShape(error).code === 'package') return null;
    throw error;
  }
}

async function repairFromFile(editor: Editor, ref: string, name: string): Promise<string[] | null> {
  const answer = await editor.main.call('dialog.ask', {
    message: `Choose the file of ${name}.`,
    detail: 'No other copy of it is here. Its .tspkg file restores what is damaged.',
    buttons: ['Choose…', 'Cancel'],
  });
  if (answer !== 0) return null;
  const [file] = await editor.main.call('files.openModel', null);
  return file ? repairFrom(editor, ref, name, file.id) : null;
}

/** Writes a package as one file, for another machine or to keep. Never rejects. */
export async function exportModel(editor: Editor, info: PackageInfo): Promise<void> {
  const { id, name, version } = info;
  try {
    const suggested = `${id}-${versionName(version)}.tspkg`;
    const file = await editor.main.call('files.save', { kind: 'package', name: suggested });
    if (!file) return;
    await withActivity(editor, `Exporting ${name}`, ({ signal, onDone }) =>
      editor.engine.call(
        'package.export',
        { ref: nameWithVersion(info), file: file.id },
        {
          signal,
          onProgress({ done }) {
            onDone(done);
          },
        },
      ),
    );
    editor.notices.done(`Exported ${name} to ${file.name}.`);
  } catch (error) {
    report(editor, error);
  }
}

/** Asks for another folder for packages and moves them there. Never rejects. */
export async function moveModels(editor: Editor): Promise<void> {
  try {
    const folder = await editor.main.call('packages.chooseFolder', null);
    if (!folder) return;
    await withActivity(editor, 'Moving the packages', ({ signal, onDone }) =>
      editor.engine.call(
        'package.move',
        { folder: folder.id },
        {
          signal,
          onProgress({ done }) {
            onDone(done);
          },
        },
      ),
    );
    editor.appInfo = await editor.main.call('app.info', null);
    await listPackages(editor);
    editor.notices.done(`Packages live in ${editor.appInfo.packagesFolder} now.`);
  } catch (error) {
    report(editor, error);
  }
}

/** How many projects hold tokens of a package: the recent ones, and what is open and lies in no project of these. */
export async function projectsThatNeed(editor: Editor, sha256: string): Promise<number> {
  const { main, engine, recent, documents } = editor;
  const files: string[] = [];
  for (const { id, kind } of recent) {
    if (kind !== 'project') continue;
    const file = await main.call('files.openRecent', { id }).catch(() => null); // it may be gone
    if (file) files.push(file.id);
  }
  const needed = files.length === 0 ? [] : await engine.call('package.needs', { projects: files });
  const open = documents.filter(({ project }) => !project || !files.includes(project.id));
  const inUse = new Set(documents.flatMap(({ project }) => (project ? [project.id] : [])));
  const unused = files.filter((id) => !inUse.has(id));
  if (unused.length > 0) await main.call('files.release', { files: unused });
  return (
    needed.filter((each) => each?.some((one) => one.sha256 === sha256)).length +
    open.filter(({ current }) => current.tokens.some((tokens) => tokens.package.sha256 === sha256)).length
  );
}
