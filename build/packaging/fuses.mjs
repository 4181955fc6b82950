// Switches in Electron's binary that a packaged application does without: each is a way to make it run other code.

/** By their names in @electron/fuses. @typedef {Record<string, boolean>} Fuses */

/** @type {Fuses} */
const PACKAGED = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
};

/** Sets them as a packaged application has them. @param {string} executable */
export async function blowFuses(executable) {
  await set(executable, PACKAGED);
}

/** Lets a debugger in again, for tests that drive the application. @param {string} executable */
export async function allowInspection(executable) {
  await set(executable, { EnableNodeCliInspectArguments: true });
}

/** @param {string} executable @param {Fuses} fuses */
async function set(executable, fuses) {
  // Loaded here, because this file is read before the dependencies are installed.
  const { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } = await import('@electron/fuses');
  const present = await getCurrentFuseWire(executable); // older versions of Electron have fewer
  /** @type {Partial<Record<import('@electron/fuses').FuseV1Options, boolean>>} */
  const known = {};
  for (const [name, on] of Object.entries(fuses)) {
    const fuse = FuseV1Options[/** @type {keyof typeof FuseV1Options} */ (name)];
    if (fuse in present) known[fuse] = on;
  }
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
    ...known,
  });
}
