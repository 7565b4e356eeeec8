/** SQL as PostgreSQL will see it: `$1…$n`, and the name each of them came from, one per occurrence. */
export interface PositionalSql {
  text: string;
  names: readonly string[];
}

/**
 * What the Data API's scanner steps over, and what it replaces. Quoted strings, quoted identifiers and comments are left
 * alone; dollar quotes are not known to it, so `:name` inside `$$` is replaced too, and `a[1:2]` holds a parameter `2`.
 */
const TOKENS = /'|"|--|\/\*|::|:([A-Za-z0-9_]+)/g;

const REMEMBERED = 500;
const scanned = new Map<string, PositionalSql>();

/**
 * Replaces every `:name` with `$n`. A name that occurs twice becomes two parameters, as at Aurora (so
 * `group by date_trunc(:unit, at)` is not the expression selected). Scans of short statements are remembered.
 */
export function toPositional(sql: string): PositionalSql {
  const known = scanned.get(sql);
  if (known) return known;
  const result = scan(sql);
  if (sql.length <= 16_384) {
    if (scanned.size >= REMEMBERED) scanned.clear();
    scanned.set(sql, result);
  }
  return result;
}

function scan(sql: string): PositionalSql {
  const names: string[] = [];
  let text = '';
  let copied = 0;
  TOKENS.lastIndex = 0;
  for (let token = TOKENS.exec(sql); token; token = TOKENS.exec(sql)) {
    const name = token[1];
    if (name === undefined) {
      TOKENS.lastIndex = endOf(token[0], sql, token.index);
      continue;
    }
    names.push(name);
    text += `${sql.slice(copied, token.index)}$${names.length}`;
    copied = TOKENS.lastIndex;
  }
  return { text: text + sql.slice(copied), names };
}

/** Where the quoted text, comment or cast that opens at `start` ends. */
function endOf(opening: string, sql: string, start: number): number {
  switch (opening) {
    case "'":
      return endOfString(sql, start, opensEscapeString(sql, start));
    case '"':
      return endOfString(sql, start, false);
    case '--': {
      const newline = sql.indexOf('\n', start);
      return newline < 0 ? sql.length : newline + 1;
    }
    case '/*':
      return endOfComment(sql, start);
    default:
      return start + opening.length;
  }
}

/** `E'…'`: the E must be a token of its own, not the last letter of a name. */
function opensEscapeString(sql: string, quote: number): boolean {
  return /(?:^|[^A-Za-z0-9_$])[eE]$/.test(sql.slice(Math.max(0, quote - 2), quote));
}

function endOfString(sql: string, start: number, backslashEscapes: boolean): number {
  const quote = sql[start];
  let at = start + 1;
  while (at < sql.length) {
    if (backslashEscapes && sql[at] === '\\') at += 2;
    else if (sql[at] !== quote) at += 1;
    else if (sql[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return sql.length;
}

function endOfComment(sql: string, start: number): number {
  const edges = /\/\*|\*\//g;
  edges.lastIndex = start;
  let depth = 0;
  for (let edge = edges.exec(sql); edge; edge = edges.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return edges.lastIndex;
  }
  return sql.length;
}
