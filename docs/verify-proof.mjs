#!/usr/bin/env node
// Checks that a row of the bank's audit is in a seal that the bank has signed. Needs Node 20 or newer and nothing else: none of
// the bank's code, no network, no trust in the bank's database.
//
//   node verify-proof.mjs PROOF.json PUBLIC-KEY.pem
//
// PROOF.json      what GET /audit-logs/{id}/proof answered
// PUBLIC-KEY.pem  the public_key of GET /audit-logs/public-key, or of `aws kms get-public-key` in PEM. Get it once, from
//                 somebody you trust, and keep it: a proof is worth as much as the key that it is checked with.
//
// Ends with 0 and a line that begins with "proven:", or with 1 and a line that says what does not hold.
import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** RFC 8785: no spaces, members sorted by UTF-16 code units, numbers and texts as ECMAScript writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The root that a leaf and its path lead to; undefined when the path is not of the right length (RFC 9162, section 2.1.3.2). */
function rootOf(leaf, index, size, path) {
  let [node, at, last] = [leaf, index, size - 1];
  for (const step of path) {
    const neighbour = Buffer.from(step, 'hex');
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      node = sha256('\x01', neighbour, node);
      // A node that was left over has moved up alone.
      while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1];
    } else {
      node = sha256('\x01', node, neighbour);
    }
    [at, last] = [at >> 1, last >> 1];
  }
  return last === 0 ? node.toString('hex') : undefined;
}

/** What does not hold of a proof; undefined when all does. */
function flaw({ audit_log: row, leaf_index: index, audit_path: path, header, signature }, publicKey) {
  if (!verify('sha256', Buffer.from(canonical(header)), publicKey, Buffer.from(signature, 'base64'))) {
    return 'the header is not signed by this key';
  }
  if (!Number.isInteger(index) || index < 0 || index >= header.count) {
    return `the seal has no leaf ${index}`;
  }
  const leaf = sha256('\x00', canonical(row));
  return rootOf(leaf, index, header.count, path) === header.root
    ? undefined
    : 'the row is not in the seal as it stands here';
}

function check([proofFile, keyFile, ...rest]) {
  if (!proofFile || !keyFile || rest.length > 0) return 'usage: node verify-proof.mjs PROOF.json PUBLIC-KEY.pem';
  try {
    const proof = JSON.parse(readFileSync(proofFile, 'utf8'));
    const fault = flaw(proof, readFileSync(keyFile, 'utf8'));
    if (fault) return `not proven: ${fault}`;
    const { audit_log: row, leaf_index: index, header } = proof;
    process.stdout.write(
      `proven: ${row.action} of ${row.entity_type} ${row.entity_id} at ${row.occurred_at} is row ${index + 1} of ` +
        `${header.count} in seal ${header.number}, sealed at ${header.sealed_at}\n`,
    );
    return undefined;
  } catch (error) {
    return `not proven: ${error.message}`;
  }
}

const problem = check(process.argv.slice(2));
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
