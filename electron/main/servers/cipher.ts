import { safeStorage } from 'electron';

/** Encrypts with a key that the system keeps for this person. */
export interface Cipher {
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects where it was encrypted with another key. */
  decrypt(bytes: Uint8Array): Promise<string>;
}

/** The system's, once the application is ready; null where it keeps no keys. It may ask the person, so ask for it late. */
export async function systemCipher(): Promise<Cipher | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  // Without a keyring, Chromium on Linux encrypts with a password that everyone knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
}
