import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/** The key specs that are served; AWS has a few more. */
export const keySpecs = [
  'SYMMETRIC_DEFAULT',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
] as const;
export type KeySpec = (typeof keySpecs)[number];

export const keyUsages = ['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'SIGN_VERIFY'] as const;
export type KeyUsage = (typeof keyUsages)[number];

const newKeyPair = promisify(generateKeyPair);

const secretBytes = (length: number) => async () => randomBytes(length);

const rsaPair = (modulusLength: number) => async () =>
  (await newKeyPair('rsa', { modulusLength })).privateKey.export({ type: 'pkcs8', format: 'der' });

const eccPair = (namedCurve: string) => async () =>
  (await newKeyPair('ec', { namedCurve })).privateKey.export({ type: 'pkcs8', format: 'der' });

interface SpecRules {
  /** The usages a key of this spec may have, and each one's algorithms in the order AWS lists them. */
  algorithms: Partial<Record<KeyUsage, readonly string[]>>;
  /** Makes new material: the secret itself, or a key pair as PKCS #8. */
  generate(): Promise<Buffer>;
}

const hmac = (bits: number, bytes: number): SpecRules => ({
  algorithms: { GENERATE_VERIFY_MAC: [`HMAC_SHA_${bits}`] },
  generate: secretBytes(bytes),
});

const rsa = (modulusLength: number): SpecRules => ({
  algorithms: {
    ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    SIGN_VERIFY: [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ],
  },
  generate: rsaPair(modulusLength),
});

const ecc = (namedCurve: string, hashBits: number): SpecRules => ({
  algorithms: { SIGN_VERIFY: [`ECDSA_SHA_${hashBits}`] },
  generate: eccPair(namedCurve),
});

const rules: Record<KeySpec, SpecRules> = {
  SYMMETRIC_DEFAULT: { algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] }, generate: secretBytes(32) },
  HMAC_224: hmac(224, 28),
  HMAC_256: hmac(256, 32),
  HMAC_384: hmac(384, 48),
  HMAC_512: hmac(512, 64),
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: ecc('prime256v1', 256),
  ECC_NIST_P384: ecc('secp384r1', 384),
  ECC_NIST_P521: ecc('secp521r1', 512),
  ECC_SECG_P256K1: ecc('secp256k1', 256),
};

/**
 * The algorithms of a key of this spec and usage; undefined where AWS knows no such combination
 * (https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html).
 */
export function algorithmsOf(spec: KeySpec, usage: KeyUsage): readonly string[] | undefined {
  return rules[spec].algorithms[usage];
}

/** New key material for a spec: 28 to 64 secret bytes, or a key pair as PKCS #8 DER. */
export function generateMaterial(spec: KeySpec): Promise<Buffer> {
  return rules[spec].generate();
}
