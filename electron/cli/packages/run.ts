import { listPackages } from '../../../native-models/runtime/findPackages.ts';
import { installPackage } from '../../../native-models/runtime/installPackage.ts';
import { availableProviders } from '../../../native-models/runtime/providers.ts';
import type { PackagesOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { inspect } from './inspect.ts';
import { listedText, packageDetails } from './describe.ts';
import { userPackages } from '../../io/packageFolders.ts';
import { packageFolders } from '../shared/folders.ts';

export async function run(context: Context, options: PackagesOptions): Promise<ReportFields> {
  const { install, inspect: checkpoint, replace } = options;
  if (checkpoint !== undefined) return inspect(context, checkpoint);
  return install === undefined ? list(context) : installFile(context, install, replace);
}

async function list({ root, reporter }: Context): Promise<ReportFields> {
  const folders = packageFolders(root);
  const listed = await listPackages(folders);
  const providers = availableProviders();
  reporter.say(listed.length === 0 ? 'No package is installed.' : listed.map(listedText).join('\n\n'));
  reporter.say(`\nModels can run on: ${providers.join(', ')}`);
  return {
    packages: listed.map(({ folder, opened, problem }) =>
      opened === null ? { ok: false, folder, problem } : { ok: true, ...packageDetails(opened) },
    ),
    folders,
    providers,
  };
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
