import type { Operation } from '../operation.ts';
import { createKey } from './create-key.ts';
import { generateDataKey, generateDataKeyWithoutPlaintext, generateRandom } from './data-keys.ts';
import { describeKey, getKeyPolicy, listKeys, updateKeyDescription } from './describe-keys.ts';
import { decrypt, encrypt, reEncrypt } from './encrypt.ts';
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from './key-states.ts';
import { generateMac, verifyMac } from './macs.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './manage-aliases.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus, rotateKeyOnDemand } from './rotation.ts';
import { getPublicKey, sign, verify } from './sign.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';

/** Every operation that is served, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateKey', createKey],
  ['DescribeKey', describeKey],
  ['ListKeys', listKeys],
  ['UpdateKeyDescription', updateKeyDescription],
  ['GetKeyPolicy', getKeyPolicy],
  ['EnableKey', enableKey],
  ['DisableKey', disableKey],
  ['ScheduleKeyDeletion', scheduleKeyDeletion],
  ['CancelKeyDeletion', cancelKeyDeletion],
  ['CreateAlias', createAlias],
  ['UpdateAlias', updateAlias],
  ['DeleteAlias', deleteAlias],
  ['ListAliases', listAliases],
  ['Encrypt', encrypt],
  ['Decrypt', decrypt],
  ['ReEncrypt', reEncrypt],
  ['GenerateDataKey', generateDataKey],
  ['GenerateDataKeyWithoutPlaintext', generateDataKeyWithoutPlaintext],
  ['GenerateRandom', generateRandom],
  ['GenerateMac', generateMac],
  ['VerifyMac', verifyMac],
  ['Sign', sign],
  ['Verify', verify],
  ['GetPublicKey', getPublicKey],
  ['EnableKeyRotation', enableKeyRotation],
  ['DisableKeyRotation', disableKeyRotation],
  ['GetKeyRotationStatus', getKeyRotationStatus],
  ['RotateKeyOnDemand', rotateKeyOnDemand],
  ['TagResource', tagResource],
  ['UntagResource', untagResource],
  ['ListResourceTags', listResourceTags],
]);
