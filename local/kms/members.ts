import * as z from 'zod';
import { blob } from '../aws-json/validated-input.ts';
import { contextBytes } from './encryption-context.ts';

// Lengths and lists are those of the API reference (https://docs.aws.amazon.com/kms/latest/APIReference/).

const maxContextBytes = 8192;

export const keyId = z.string().min(1).max(2048);
export const aliasName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[a-zA-Z0-9:/_-]+$/);
export const description = z.string().max(8192);
export const policy = z.string().min(1).max(131_072);
export const dryRun = z.boolean().optional();
export const message = blob(1, 4096);
export const plaintext = blob(1, 4096);
export const ciphertext = blob(1, 6144);
/** A MAC or a signature. */
export const proof = blob(1, 6144);
export const dataKeyBytes = z.int().min(1).max(1024);
export const marker = z.string().min(1).max(1024).optional();
export const limit = z.int().min(1).max(1000).optional();

export const encryptionContext = z
  .record(z.string(), z.string())
  .default({})
  .superRefine((context, check) => {
    const { length } = contextBytes(context);
    if (length > maxContextBytes) check.addIssue(`Member must have length less than or equal to ${maxContextBytes}`);
  });

const encryptionAlgorithms = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE', 'SYMMETRIC_DEFAULT'] as const;
export const encryptionAlgorithm = z.enum(encryptionAlgorithms).default('SYMMETRIC_DEFAULT');
export const macAlgorithm = z.enum(['HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512']);
export const messageType = z.enum(['RAW', 'DIGEST', 'EXTERNAL_MU']).default('RAW');
export const signingAlgorithm = z.enum([
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'ECDSA_SHA_256',
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'ED25519_SHA_512',
  'ED25519_PH_SHA_512',
  'SM2DSA',
  'ML_DSA_SHAKE_256',
]);

/** What AWS knows, more than what is served. */
export const keySpec = z.enum([
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'ECC_NIST_EDWARDS25519',
  'SYMMETRIC_DEFAULT',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'SM2',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
]);
export const keyUsage = z.enum([
  'SIGN_VERIFY',
  'ENCRYPT_DECRYPT',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
]);
export const dataKeySpec = z.enum(['AES_256', 'AES_128']);

export const tags = z
  .array(z.object({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }))
  .transform(list => Object.fromEntries(list.map(({ TagKey, TagValue }) => [TagKey, TagValue])));
