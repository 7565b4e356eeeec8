/** Input that nobody means well with, as the JSON text that stands in a body. */

const numbers = '1e2 1E2 1e400 0.001 1.00000 -0 -1 0 0.0 9223372036854775808 0.1e1 1e-2'.split(' ');

const words = [
  ...'+1 01 1. .5 0x10 0b1 1_000 1,000 1,5 1.2.3 １２ ١٢ 1² ½ ∞ NaN Infinity -Infinity null true $1'.split(' '),
  ...['', ' ', ' 1', '1 ', '1\n', '\t1', '1 USD', '1\u0000', '\u200b1', '1;drop table x', "' or 1=1 --"],
  ...['9'.repeat(16), '9'.repeat(10_000), `0.${'0'.repeat(10_000)}1`],
];

/** Amounts that are no exact, positive decimal of a currency with two decimal places. */
export const badAmounts: readonly string[] = [
  ...numbers,
  ...['null', 'true', 'false', '[]', '["1.00"]', '{}', '{"value":"1.00"}', '[[1]]', '9'.repeat(10_000)],
  ...[...numbers, ...words].map(text => JSON.stringify(text)),
];

/** Ids that are no UUID, some of them made of one that is. */
export function badIds(id: string): string[] {
  const texts = ["' or 1=1 --", 'not-a-uuid', 'ﬀ', '', `${id} `, `{${id}}`, id.replaceAll('-', ''), `${id}'`, '1'];
  return [...texts.map(text => JSON.stringify(text)), 'null', '1', '[]', '{}', `["${id}"]`, 'true'];
}

/** Descriptions that PostgreSQL could not keep, or nobody could read. */
export const badDescriptions: readonly string[] = [
  ...['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0007"', '"a\\nb"', '"\\u009f"'],
  ...[JSON.stringify('x'.repeat(10_000)), JSON.stringify('x'.repeat(201)), '1', 'null', '[]', '{}', 'true'],
];

/** Descriptions that look bad and are not. */
export const goodDescriptions: readonly string[] = [
  ...['🙂 lunch 👩‍👩‍👧', "' or 1=1 --", '<script>alert(1)</script>', ':amount $1 %s', 'é is not e\u0301'],
  ...['\u202eabc', '\\u0000', 'x'.repeat(200)],
];

/** Names of fields that no money route takes. */
export const strangeFields: readonly string[] = [
  ...['balance', 'status', 'owner', 'customer_id', 'version', 'id', 'currency', 'Amount', 'amount '],
  ...['constructor', 'toString', '__proto__'],
];

/** A body as text, in which one member has the value that is given as JSON text. */
export function bodyWith(members: Record<string, string>, field: string, value: string): string {
  const others = Object.entries(members).filter(([name]) => name !== field);
  const texts = others.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
  return `{${[...texts, `${JSON.stringify(field)}:${value}`].join(',')}}`;
}

/** Bodies that are not one JSON object. */
export function badBodies(members: Record<string, string>): string[] {
  const whole = JSON.stringify(members);
  const amounts = ['NaN', 'Infinity', '01', '.5', '1.', '+1', '0x10', '1,', 'undefined', '"1'];
  return [
    ...[
      '[]',
      `[${whole}]`,
      'null',
      'true',
      '1',
      '"text"',
      '{',
      '}',
      whole.slice(0, -1),
      `${whole}${whole}`,
      `${whole},`,
    ],
    ...[whole.replaceAll('"', "'"), `// note\n${whole}`, `${whole}\u0000`, '['.repeat(30_000), '{"a":'.repeat(10_000)],
    ...amounts.map(amount => bodyWith(members, 'amount', amount)),
    bodyWith(members, 'amount', '['.repeat(20_000) + ']'.repeat(20_000)),
    ...[bodyWith(members, 'description', '"a\u0000b"'), bodyWith(members, 'description', '"a\nb"')],
  ];
}

/** Bytes that are JSON but for not being UTF-8: Latin-1, an overlong form, UTF-16. */
export function notUtf8(members: Record<string, string>): Buffer[] {
  const text = bodyWith(members, 'description', '"caf?"');
  const latin1 = Buffer.from(text.replace('?', 'é'), 'latin1');
  const overlong = Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]);
  return [latin1, overlong, Buffer.from(text, 'utf16le')];
}

/** Limits of a page that are no whole number from 1, as they stand in a URL. */
export const badLimits: readonly string[] = [
  ...['0', '-1', '1.5', '', 'all', '1e2', '%2B1', '01', '%201', '１', 'NaN', '1&limit=2'],
];

/** Cursors, as they stand in a URL, that no list has answered; `id` is the id of a row. */
export function badCursors(id: string): string[] {
  const forged = (...position: unknown[]) => Buffer.from(JSON.stringify(position)).toString('base64url');
  const time = '2026-01-01T00:00:00Z';
  return [
    ...[
      'garbage',
      '-',
      encodeURIComponent("' or 1=1 --"),
      '',
      'x'.repeat(300),
      forged(),
      forged(time),
      forged(null, null),
    ],
    ...[forged('now() --', id), forged(time, "' or 1=1 --"), forged(time, id, 1), forged(1, id), forged({}, [])],
    ...[forged('infinity', id), forged('2026-02-30T00:00:00Z', id), forged('0000-01-01T00:00:00Z', id)],
    ...[forged('2026-01-01T00:00:00+23:59', id), forged(`2026-01-01T00:00:00.${'1'.repeat(70)}Z`, id)],
  ];
}
