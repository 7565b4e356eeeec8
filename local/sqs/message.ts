import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';

/** Text, or bytes in base64, with its type: `String`, `Number` or `Binary`, and perhaps `.something` behind it. */
export const messageAttribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

export type MessageAttributes = Record<string, z.output<typeof messageAttribute>>;

/** What a message is, and stays. */
export const messageRecord = z.object({
  id: z.string(),
  queue: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), messageAttribute),
  traceHeader: z.string().optional(),
  /** Milliseconds since 1970. */
  sentAt: z.number(),
  /** The ARN of the queue that gave it up. */
  deadLetterSource: z.string().optional(),
});

/** What becomes of a message between its arrival and its deletion. */
export const deliveryRecord = z.object({
  /** Milliseconds since 1970; in the past when anybody may receive it. */
  visibleAt: z.number(),
  receiveCount: z.number(),
  firstReceivedAt: z.number().optional(),
  /** Of the last time it was received. */
  receiptHandle: z.string().optional(),
});

export type Message = z.output<typeof messageRecord>;
export type Delivery = z.output<typeof deliveryRecord>;

/** A message with a new id. */
export function newMessage(message: Omit<Message, 'id'>): Message {
  return { id: randomUUID(), ...message };
}

/** A handle that nobody can guess, and that leads to its message. */
export function newReceiptHandle(message: Message): string {
  return Buffer.from(`${message.id} ${randomUUID()}`).toString('base64url');
}

/** The id of the message that a handle was given out for; undefined for a text that is no handle. */
export function messageIdOf(receiptHandle: string): string | undefined {
  return /^([0-9a-f-]{36}) [0-9a-f-]{36}$/.exec(Buffer.from(receiptHandle, 'base64url').toString())?.[1];
}

/** The digest of a body that SDKs check what they sent and received by. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
