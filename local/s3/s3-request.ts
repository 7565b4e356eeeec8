import type { IncomingMessage } from 'node:http';
import type { XmlContent } from '../xml.ts';
import type { Bucket } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import { S3Error } from './s3-error.ts';

/** A request, taken apart: `/bucket/key?query`. */
export interface S3Request {
  method: string;
  bucket: string;
  /** Empty for the bucket itself. */
  key: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

/** An answer: bytes, XML under a root element, or nothing. */
export interface S3Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: Buffer;
  xml?: { root: string; content: XmlContent };
}

/** An operation of S3 on a bucket that is there. */
export type Operation = (request: S3Request, bucket: Bucket, store: BucketStore) => S3Answer;

const maxBodyBytes = 128 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) {
    throw new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed object size.');
  }
  return Buffer.concat(chunks);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.");
  }
}

/** Reads a request whole. The path is not normalised: `a/../b` is a key like any other. */
export async function readRequest(request: IncomingMessage): Promise<S3Request> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    bucket: decoded(bucket),
    key: decoded(key),
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: await readBody(request),
  };
}
