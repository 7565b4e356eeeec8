import type pg from 'pg';
import type { Binding } from './bindings.ts';
import { DataApiError } from './errors.ts';

/** A column as PostgreSQL's RowDescription gives it. */
export interface Column {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
  dataTypeModifier: number;
}

/** What came back: `columns` is null where the statement returns no rows at all. */
export interface Outcome {
  columns: Column[] | null;
  rows: (string | null)[][];
  /** Rows inserted, updated or deleted; 0 for statements that return rows and for DDL. */
  updated: number;
  /** The first word of PostgreSQL's command tag, `SELECT`, `INSERT`, `SET`…; empty for an empty statement. */
  command: string;
  /** The result was over the limit; its rows are dropped. */
  oversize: boolean;
}

/**
 * One statement, run once per set of bindings, in one round trip and one implicit transaction: Parse, then Bind,
 * Describe and Execute per set, then one Sync. Values come back in PostgreSQL's text form, undecoded.
 */
export class PipelinedStatement implements pg.Submittable {
  readonly outcome: Promise<Outcome>;
  private readonly sql: string;
  private readonly sets: readonly (readonly Binding[])[];
  private readonly resultBytes: number;
  private readonly result: Outcome = { columns: null, rows: [], updated: 0, command: '', oversize: false };
  private received = 0;
  private failure: unknown;
  private resolve: (outcome: Outcome) => void = () => undefined;
  private reject: (reason: unknown) => void = () => undefined;

  constructor(sql: string, sets: readonly (readonly Binding[])[], resultBytes: number) {
    this.sql = sql;
    this.sets = sets;
    this.resultBytes = resultBytes;
    this.outcome = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    let parsedAs = '';
    for (const bindings of this.sets) {
      const types = bindings.map(binding => String(binding.oid));
      const shape = `:${types.join()}`;
      if (shape !== parsedAs) connection.parse({ name: '', text: this.sql, types }, true);
      parsedAs = shape;
      connection.bind({ values: bindings.map(binding => binding.value) }, true);
      connection.describe({ type: 'P', name: '' }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription(message: { fields: Column[] }): void {
    this.result.columns = message.fields;
  }

  handleDataRow(message: { fields: (string | null)[]; length: number }): void {
    const { result } = this;
    // The limit counts what the message carries: two bytes for the row, four and the octets for each field. The
    // message's own length counts its four bytes too.
    this.received += message.length - 4;
    if (this.received > this.resultBytes) {
      result.oversize = true;
      result.rows = [];
    } else {
      result.rows.push(message.fields);
    }
  }

  handleCommandComplete(message: { text: string }): void {
    const words = message.text.split(' ');
    this.result.command = words[0] ?? '';
    // COPY of an empty table sends no data to refuse it by.
    if (words[0] === 'COPY') this.failure ??= copyRefused('CopyOutResponse');
    if (this.result.columns === null && words.length > 1) this.result.updated += Number(words.at(-1)) || 0;
  }

  handleEmptyQuery(): void {
    this.result.command = '';
  }

  handlePortalSuspended(): void {
    this.failure = new Error('The portal was suspended.');
  }

  handleCopyInResponse(connection: pg.Connection): void {
    this.refuseCopy('CopyInResponse', connection);
  }

  handleCopyData(_message: unknown, connection: pg.Connection): void {
    this.refuseCopy('CopyOutResponse', connection);
  }

  handleError(error: unknown): void {
    this.reject(this.failure ?? error);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure);
    else this.resolve(this.result);
  }

  /** COPY streams what a request cannot carry, and leaves the connection mid-stream: it is given up. */
  private refuseCopy(what: string, connection: pg.Connection): void {
    this.failure = copyRefused(what);
    connection.stream.destroy();
  }
}

function copyRefused(what: string): DataApiError {
  return new DataApiError('DatabaseErrorException', `execute: unexpected message: ${what}`);
}
