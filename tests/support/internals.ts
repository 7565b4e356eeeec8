/** What must stand in no answer: SQL and its errors, stack traces, paths, the names of packages and of AWS resources. */
const internals =
  /\bselect\s|\binsert into\b|\bfrom bank\.|\bbank\.\w+|SQLSTATE|syntax error|relation "|ERROR:|\n\s+at |node_modules|\.(ts|m?js):\d+|file:\/\/|\barn:aws|Exception\b|ZodError|127\.0\.0\.1:\d+/i;

/** What a text gives away of how the bank works inside; undefined when nothing. */
export function internalsIn(text: string): string | undefined {
  return internals.exec(text)?.[0];
}
