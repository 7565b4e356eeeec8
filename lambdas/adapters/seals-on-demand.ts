import { onDemand } from './on-demand.ts';
import type { SealArchive } from './seal-archive.ts';
import type { SealSigner } from './seal-signer.ts';

/** The archive in an S3 bucket; its client is loaded for the first seal that is written or read. */
export function sealArchiveOnDemand(bucket: string): SealArchive {
  const archive = onDemand(async () => {
    const { createSealArchive } = await import('./seal-archive.ts');
    return createSealArchive(bucket);
  });
  return {
    put: async (number, document) => (await archive()).put(number, document),
    get: async number => (await archive()).get(number),
    first: async from => (await archive()).first(from),
  };
}

/** The signer in KMS; its client is loaded for the first signature that is made or checked. */
export function sealSignerOnDemand(keyId: string): SealSigner {
  const signer = onDemand(async () => {
    const { createSealSigner } = await import('./seal-signer.ts');
    return createSealSigner(keyId);
  });
  return {
    publicKey: async () => (await signer()).publicKey(),
    sign: async text => (await signer()).sign(text),
  };
}
