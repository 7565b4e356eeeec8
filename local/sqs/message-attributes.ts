import { createHash } from 'node:crypto';
import type { MessageAttributes } from './message.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

/**
 * The digest of message attributes, names in order, each with its length, type and value
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html). Undefined when
 * there are none.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const entries = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) return undefined;
  const hash = createHash('md5');
  for (const [name, { DataType, StringValue, BinaryValue }] of entries) {
    const isBinary = DataType.startsWith('Binary');
    const value = isBinary ? Buffer.from(BinaryValue ?? '', 'base64') : utf8(StringValue ?? '');
    const parts = [
      ...withLength(utf8(name)),
      ...withLength(utf8(DataType)),
      Buffer.from([isBinary ? 2 : 1]),
      ...withLength(value),
    ];
    for (const part of parts) hash.update(part);
  }
  return hash.digest('hex');
}

/** The bytes that a message counts for against the limit: its body, and each attribute's name, type and value. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  const ofAttributes = Object.entries(attributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
  );
  return ofAttributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(body));
}

/** The attributes that a receiver asked for: by name, by `prefix.*`, or all of them by `All` or `.*`. */
export function selectAttributes(attributes: MessageAttributes, asked: string[]): MessageAttributes {
  const wanted = (name: string) =>
    asked.some(
      pattern =>
        pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
