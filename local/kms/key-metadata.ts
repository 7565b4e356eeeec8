import { account } from '../assembly/local-account.ts';
import { algorithmsOf, type KeyUsage } from './key-specs.ts';
import { currentMaterial, type StoredKey } from './stored-key.ts';

const algorithmMembers: Record<KeyUsage, string> = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
};

/** `{EncryptionAlgorithms: […]}`, or the member that goes with the key's usage. */
export function algorithmMember({ spec, usage }: StoredKey): Record<string, readonly string[]> {
  return { [algorithmMembers[usage]]: algorithmsOf(spec, usage) ?? [] };
}

/** Enabled, Disabled or PendingDeletion. */
export function keyState({ enabled, deletionAt }: StoredKey): string {
  if (deletionAt !== undefined) return 'PendingDeletion';
  return enabled ? 'Enabled' : 'Disabled';
}

/** KeyMetadata, times in seconds (https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html). */
export function keyMetadata(key: StoredKey): object {
  return {
    AWSAccountId: account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAt / 1000,
    Enabled: keyState(key) === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: keyState(key),
    ...(key.deletionAt !== undefined && { DeletionDate: key.deletionAt / 1000 }),
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...algorithmMember(key),
    MultiRegion: false,
    ...(key.spec === 'SYMMETRIC_DEFAULT' && { CurrentKeyMaterialId: currentMaterial(key).id }),
  };
}
