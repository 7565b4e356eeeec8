/** Pairs that are not secret, and without which what they were encrypted with cannot be decrypted. */
export type EncryptionContext = Record<string, string>;

function prefixed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/**
 * The one sequence of bytes of a context, in whatever order its pairs came: the same for no other context, for each
 * part has its length before it (https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html).
 */
export function contextBytes(context: EncryptionContext): Buffer {
  const names = Object.keys(context).sort();
  return Buffer.concat(names.flatMap(name => [prefixed(name), prefixed(context[name] ?? '')]));
}
