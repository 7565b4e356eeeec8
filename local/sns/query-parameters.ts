/** The parameters of a request in the query protocol, where lists and maps are written as `Name.member.1.Field`. */
export class QueryParameters {
  readonly #values: Map<string, string>;

  constructor(values: Iterable<[string, string]>) {
    this.#values = new Map(values);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** The items of a list or map, in order: of `member.2.Id` under `prefix` the second item has `Id`. */
  items(prefix: string): QueryParameters[] {
    const items = new Map<number, [string, string][]>();
    for (const [name, value] of this.#values) {
      if (!name.startsWith(`${prefix}.`)) continue;
      const [, position, field = ''] = /^(\d+)\.?(.*)$/.exec(name.slice(prefix.length + 1)) ?? [];
      if (position === undefined) continue;
      const item = items.get(Number(position)) ?? [];
      item.push([field, value]);
      items.set(Number(position), item);
    }
    return [...items].sort(([left], [right]) => left - right).map(([, fields]) => new QueryParameters(fields));
  }
}
