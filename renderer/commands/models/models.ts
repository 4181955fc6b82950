import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { report } from '../report.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { nameWithVersion } from '../../../core/model/packageName.ts';
import { selectAll } from '../../../core/selection/combine.ts';
import { fill } from '../fill/run.ts';
import { projectsThatNeed } from './care.ts';
import { listPackages, lookAtDisk } from './list.ts';
import { newCanvas } from '../stitch/newCanvas.ts';

/** Removes a package of this user after asking; what was painted with it stays as it is. Never rejects. */
export async function removeModel(editor: Editor, info: PackageInfo): Promise<void> {
  try {
    const needing = await projectsThatNeed(editor, info.sha256);
    await removeAfterAsking(editor, nameWithVersion(info), info.name, whoNeedsIt(needing));
  } catch (error) {
    report(editor, error);
  }
}

/** The same for one that cannot be used. */
export async function removeBroken(editor: Editor, ref: string): Promise<void> {
  try {
    await removeAfterAsking(
      editor,
      ref,
      ref,
      'It is damaged and cannot be used. To use it again, add it again.',
    );
  } catch (error) {
    report(editor, error);
  }
}

async function removeAfterAsking(editor: Editor, ref: string, name: string, detail: string): Promise<void> {
  const { main, engine, packages, fillSettings } = editor;
  const buttons = ['Remove', 'Cancel'];
  if ((await main.call('dialog.ask', { message: `Remove ${name}?`, detail, buttons })) !== 0) return;
  await engine.call('package.remove', { ref });
  await listPackages(editor);
  if (!packages.byRef(fillSettings.package)) useModel(editor, packages.list[0]?.ref ?? ref);
  editor.notices.done(`Removed ${name}.`);
  void lookAtDisk(editor).catch(() => undefined); // it is only shown
}

function whoNeedsIt(projects: number): string {
  if (projects === 0)
    return 'Pictures that were made with it stay as they are. To use it again, add it again.';
  return projects === 1
    ? 'One open or recent project needs it: its picture stays as it is, and its tokens cannot be painted without it.'
    : `${projects} open or recent projects need it: their pictures stay as they are, and their tokens cannot be painted without it.`;
}

/** Uses a package from now on, in the picture that is shown and in those that are opened next. */
export function useModel(editor: Editor, ref: string): void {
  editor.fillSettings.package = ref;
  if (editor.active) editor.active.package = ref;
}

/**
 * Opens a picture of a size, px, and lets the model draw all of it, as the fill panel is set; its candidates come into the
 * strip. Throws 'limit' where it would be too large.
 */
export async function newFromModel(editor: Editor, size: Size): Promise<void> {
  const document = newCanvas(editor, size);
  document.commit('Select all', { selection: selectAll(document.current.selection) });
  await fill(editor, document);
}
