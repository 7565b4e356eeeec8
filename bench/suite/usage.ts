import type { Section } from './section.ts';

/** What `--help` prints. */
export function usageOf(sections: readonly Section[]): string {
  return `Usage: npm run -s bench -- [--only floor,transfer,…] [--seconds 3] [--repeats 5] [--postings 5000000] [--json | --markdown] [--chart FILE] [--write FILE]

Measures the bank on a PostgreSQL of its own that keeps what it commits, and says of every target whether it is met. What is compared is
measured in turn, on the same server, and medians count.

${sections.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

  --only       measures these sections only
  --seconds    how long one round takes
  --repeats    how many rounds each measurement has
  --postings   how many postings the old bank of "growth" has
  --json       prints the result as JSON
  --markdown   prints the table in Markdown
  --chart      draws the targets into this file, as SVG
  --write      writes the table into this document, in the place of the one before: docs/PERFORMANCE.md

Whether targets are met does not decide how it ends. Exits with 1 when a cent was lost or made, or something was refused or failed.`;
}
