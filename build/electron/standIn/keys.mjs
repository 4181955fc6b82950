// The keys of current Electron (promises, and whose they are), made of those that Electron 25 has.

/** @typedef {{ isEncryptionAvailable(): boolean, encryptString(text: string): Buffer, decryptString(bytes: Buffer): string }} OldKeys */

/** @param {OldKeys} keys */
export function addKeys(keys) {
  Object.assign(keys, {
    getSelectedStorageBackend: () => 'unknown',
    isAsyncEncryptionAvailable: () => Promise.resolve(keys.isEncryptionAvailable()),
    encryptStringAsync: (/** @type {string} */ text) => Promise.resolve(keys.encryptString(text)),
    decryptStringAsync: (/** @type {Buffer} */ bytes) =>
      Promise.resolve({ result: keys.decryptString(bytes), shouldReEncrypt: false }),
  });
}
