/** Shows where two texts part: the lines of each from the first that differs, a few at most; undefined when they are equal. */
export function firstDifference(
  expected: { name: string; text: string },
  actual: { name: string; text: string },
): string | undefined {
  if (expected.text === actual.text) return undefined;
  const expectedLines = expected.text.split('\n');
  const actualLines = actual.text.split('\n');
  let at = 0;
  while (expectedLines[at] === actualLines[at]) at += 1;
  const shown = (lines: string[], sign: string): string[] => lines.slice(at, at + 4).map(line => `${sign} ${line}`);
  return [
    `${expected.name} (-) and ${actual.name} (+) differ from line ${at + 1}:`,
    ...shown(expectedLines, '-'),
    ...shown(actualLines, '+'),
  ].join('\n');
}
