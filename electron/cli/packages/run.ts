import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import {
  DEFAULT_PACKAGE,
  findPackage,
  isCalled,
  type ListedPackage,
  listPackages,
} from '../../../native-models/runtime/findPackages.ts';
import { readCost } from '../../../native-models/runtime/costFile.ts';
import { installPackage } from '../../../native-models/runtime/installPackage.ts';
import { checkHashes, openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { availableProviders } from '../../../native-models/runtime/providers.ts';
import { removePackage } from '../../../native-models/runtime/removePackage.ts';
import { writeTritonRepository } from '../../../native-models/runtime/server/tritonRepository.ts';
import type { PackagesOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, count } from '../shared/text.ts';
import { finishMove } from '../../engine/packages/movePackages.ts';
import { freeSpace } from '../../io/files/freeSpace.ts';
import { costText, measure } from './cost.ts';
import { importFiles } from './import.ts';
import { exportFile, move, needs, repair } from './care.ts';
import { inspect, recogniseFiles } from './checkpoints.ts';
import { allText, listedText, packageDetails } from './describe.ts';
import { userPackages } from '../../io/packageFolders.ts';
import { packageFolders } from '../shared/folders.ts';

export async function run(context: Context, options: PackagesOptions): Promise<ReportFields> {
  const { install, inspect: checkpoint, replace, action } = options;
  await finishMove(); // of one that was killed in the middle
  if (checkpoint !== undefined) return inspect(context, checkpoint);
  if (install !== undefined) return installFile(context, install, replace);
  switch (action.kind) {
    case 'list':
      return list(context);
    case 'show':
      return show(context, action.id);
    case 'verify':
      return verify(context, action.id);
    case 'remove':
      return remove(context, action.id);
    case 'repair':
      return repair(context, action);
    case 'export':
      return exportFile(context, action);
    case 'needs':
      return needs(context, action.projects);
    case 'move':
      return move(context, action.folder);
    case 'export-triton':
      return exportTriton(context, action.folder, action.id);
    case 'recognise':
      return recogniseFiles(context, action.files);
    case 'measure':
      return measure(context, action);
    case 'import':
      return importFiles(context, action.files, action.choices, replace);
  }
}

async function list({ root, reporter }: Context): Promise<ReportFields> {
  const folders = packageFolders(root);
  const listed = await listPackages(folders);
  const providers = availableProviders();
  const bytes = listed.reduce((sum, { opened }) => sum + (opened ? packageDetails(opened).size : 0), 0);
  reporter.say(listed.length === 0 ? 'No package is installed.' : listed.map(listedText).join('\n\n'));
  const free = await freeSpace(folders[0]!);
  reporter.say(`\n${count(listed.length, 'package')}, ${bytesText(bytes)}`);
  if (free !== null) reporter.say(`${bytesText(free)} free in ${folders[0]!}`);
  reporter.say(`Models can run on: ${providers.join(', ')}`);
  return {
    packages: listed.map(({ name, folder, opened, problem }) =>
      opened === null
        ? { ok: false, folder, problem }
        : { ok: true, package: name, ...packageDetails(opened) },
    ),
    folders,
    free,
    providers,
  };
}

async function show({ root, reporter }: Context, id: string): Promise<ReportFields> {
  const opened = await openPackageFolder(await findPackage(id, packageFolders(root)));
  const cost = await readCost(opened);
  reporter.say(allText(opened));
  if (cost) reporter.say(costText(cost).replace(/^/gm, '  '));
  return { packageInfo: packageDetails(opened), manifest: opened.manifest, cost };
}

async function verify({ root, reporter, signal }: Context, id?: string): Promise<ReportFields> {
  const folders = packageFolders(root);
  const listed = (await listPackages(folders)).filter(
    (each) => id === undefined || isCalled(each, id) || each.manifest?.id === id,
  );
  if (id !== undefined && listed.length === 0) await findPackage(id, folders); // says which there are
  const checked: ReportFields[] = [];
  for (const entry of listed) {
    const problem = await problemOf(entry, signal);
    const { folder, opened } = entry;
    if (problem) reporter.fail(new TesseraError(problem.code, problem.message, problem.hint), folder);
    else reporter.say(`${opened!.manifest.id} ${opened!.manifest.version} is intact  ${folder}`);
    checked.push({
      ok: !problem,
      folder,
      ...(opened && { id: opened.manifest.id }),
      ...(problem && { problem }),
    });
  }
  return { packages: checked };
}

async function problemOf(
  { opened, problem }: ListedPackage,
  signal: AbortSignal,
): Promise<ListedPackage['problem']> {
  if (!opened) return problem;
  try {
    await checkHashes(opened, signal);
    return null;
  } catch (error) {
    if (signal.aborted) throw error;
    return toErrorShape(error);
  }
}

async function exportTriton(
  { root, reporter, signal }: Context,
  folder: string,
  id = DEFAULT_PACKAGE,
): Promise<ReportFields> {
  const opened = await openPackageFolder(await findPackage(id, packageFolders(root)));
  const models = await writeTritonRepository(opened, folder, signal);
  reporter.say(`Wrote ${models.join(', ')} to ${folder}`);
  return { models, folder };
}

async function remove({ root, reporter }: Context, id: string): Promise<ReportFields> {
  const user = userPackages();
  const bytes = await removePackage(id, user, packageFolders(root).slice(1));
  reporter.say(`Removed ${id}${bytes > 0 ? `, ${bytesText(bytes)}` : ''}`);
  return { removed: id, bytes };
}

async function installFile(
  { reporter, signal }: Context,
  archive: string,
  replace: boolean,
): Promise<ReportFields> {
  const installed = packageDetails(await installPackage(archive, userPackages(), { replace, signal }));
  reporter.say(`Installed ${installed.id} ${installed.version} in ${installed.folder}`);
  return { installed };
}
