import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Where new versions are published, and with whose key what is told of them is signed. */
export interface Release {
  readonly url: string; // of a folder
  readonly publicKey: string; // Ed25519, SPKI in DER as base64
}

const releaseSchema: z.ZodType<Release> = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).refine(isSafe, 'https, or this machine'),
  publicKey: z.base64().min(1),
});

/** What the build was told of releases; null where that is nothing, and then nothing is ever looked for. */
export function readRelease(file: string): Release | null {
  try {
    return releaseSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Whether `signature` (base64) is that of the release's key over exactly these bytes. */
export function isSigned(bytes: Uint8Array, signature: string, { publicKey }: Release): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false; // no key or no signature at all
  }
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
