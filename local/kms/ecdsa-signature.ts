import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

interface Curve {
  name: string;
  /** The order of its base point (SEC 2, version 2). */
  order: bigint;
}

const curves: Record<string, Curve> = {
  'P-256': {
    name: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-384': {
    name: 'secp384r1',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  'P-521': {
    name: 'secp521r1',
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
  secp256k1: {
    name: 'secp256k1',
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
};

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function modulo(value: bigint, order: bigint): bigint {
  return ((value % order) + order) % order;
}

/** By the extended Euclidean algorithm. */
function inverse(value: bigint, order: bigint): bigint {
  let [remainder, next, coefficient, following] = [modulo(value, order), order, 1n, 0n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [coefficient, following] = [following, coefficient - quotient * following];
  }
  return modulo(coefficient, order);
}

/** The x coordinate of the base point times `scalar`, modulo the order. */
function multiply({ name, order }: Curve, scalar: bigint): bigint {
  const pair = createECDH(name);
  pair.setPrivateKey(toBytes(scalar));
  const point = pair.getPublicKey();
  return modulo(toNumber(point.subarray(1, 1 + (point.length - 1) / 2)), order);
}

function randomScalar({ order }: Curve): bigint {
  // Eight bytes more than needed, so that the remainder is as good as uniform.
  return modulo(toNumber(randomBytes(toBytes(order).length + 8)), order - 1n) + 1n;
}

function derInteger(value: bigint): Buffer {
  const bytes = toBytes(value);
  const positive = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

/** ECDSA-Sig-Value, the DER of RFC 3279, section 2.2.3. */
function toDer(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  const length = body.length > 0x7f ? [0x81, body.length] : [body.length];
  return Buffer.concat([Buffer.from([0x30, ...length]), body]);
}

/** The two numbers of a signature; undefined when it is not exactly the DER of two numbers. */
function fromDer(signature: Buffer): { r: bigint; s: bigint } | undefined {
  const start = signature[1] === 0x81 ? 3 : 2;
  const rEnd = start + 2 + (signature[start + 1] ?? 0);
  const rBytes = signature.subarray(start + 2, rEnd);
  const sBytes = signature.subarray(rEnd + 2);
  if (rBytes.length === 0 || sBytes.length === 0) return undefined;
  const [r, s] = [toNumber(rBytes), toNumber(sBytes)];
  return toDer(r, s).equals(signature) ? { r, s } : undefined;
}

function curveOf(privateKey: KeyObject): { curve: Curve; secret: bigint } {
  const { crv, d } = privateKey.export({ format: 'jwk' });
  const curve = curves[crv ?? ''];
  if (curve === undefined || d === undefined) throw new Error(`there is no curve ${crv}`);
  return { curve, secret: toNumber(Buffer.from(d, 'base64url')) };
}

/**
 * ECDSA over a digest that is no longer than the curve's order, as DER (FIPS 186-5, section 6.4). Node signs whole
 * messages only; the multiplication on the curve is its own.
 */
export function signEcdsa(privateKey: KeyObject, digest: Buffer): Buffer {
  const { curve, secret } = curveOf(privateKey);
  const nonce = randomScalar(curve);
  const r = multiply(curve, nonce);
  const s = modulo(inverse(nonce, curve.order) * (toNumber(digest) + r * secret), curve.order);
  return r === 0n || s === 0n ? signEcdsa(privateKey, digest) : toDer(r, s);
}

/** Whether a signature is this key's over the digest; a malformed one is not. Uses the private key, being at hand. */
export function verifyEcdsa(privateKey: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const { curve, secret } = curveOf(privateKey);
  const { r = 0n, s = 0n } = fromDer(signature) ?? {};
  if (r <= 0n || s <= 0n || r >= curve.order || s >= curve.order) return false;
  const scalar = modulo(inverse(s, curve.order) * (toNumber(digest) + r * secret), curve.order);
  return scalar !== 0n && multiply(curve, scalar) === r;
}
