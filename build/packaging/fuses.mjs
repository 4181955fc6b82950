// Switches in Electron's binary that a packaged application does without: each is a way to make it run other code.
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';

/** @type {Partial<Record<FuseV1Options, boolean>>} */
const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/** Sets them. @param {string} executable */
export async function blowFuses(executable) {
  await set(executable, FUSES);
}

/** Lets a debugger in again, for tests that drive the application. @param {string} executable */
export async function allowInspection(executable) {
  await set(executable, { [FuseV1Options.EnableNodeCliInspectArguments]: true });
}

/** @param {string} executable @param {Partial<Record<FuseV1Options, boolean>>} fuses */
async function set(executable, fuses) {
  const present = await getCurrentFuseWire(executable); // older versions of Electron have fewer
  const known = Object.entries(fuses).filter(([fuse]) => fuse in present);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
    ...Object.fromEntries(known),
  });
}
