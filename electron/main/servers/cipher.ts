import { safeStorage } from 'electron';

/** Encrypts with a key that the system keeps for this person. */
export interface Cipher {
  encrypt(text: string): Uint8Array;
  /** @throws where it was encrypted with another key */
  decrypt(bytes: Uint8Array): string;
}

/** The system's, once the application is ready; null where it keeps no keys. It may ask the person, so ask for it late. */
export function systemCipher(): Cipher | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  // Without a keyring, Chromium on Linux encrypts with a password that everyone knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}
