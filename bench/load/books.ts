/** Cents of an amount with two decimals, "12.50"; amounts never become floats. */
export function centsOf(amount: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(amount) ?? [];
  if (whole === '' || !/^\d{0,2}0{0,2}$/.test(fraction)) {
    throw new Error(`${amount} is no amount of whole cents`);
  }
  const cents = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  return sign === '-' ? -cents : cents;
}

/** The amount of so many cents. */
export function amountOf(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What the load knows of its accounts: what the bank has confirmed, and what it never told the outcome of. */
export class Books {
  readonly #confirmed = new Map<string, bigint>();
  /** Accounts that took part in a transfer of unknown outcome: their balances may be either. */
  readonly #uncertain = new Set<string>();
  #paidIn = 0n;

  /** Accounts of which the bank has told. */
  get accounts(): string[] {
    return [...this.#confirmed.keys()];
  }

  /** All that was paid in, in cents. */
  get paidIn(): bigint {
    return this.#paidIn;
  }

  opened(account: string): void {
    this.#confirmed.set(account, 0n);
  }

  deposited(account: string, cents: bigint): void {
    this.#paidIn += cents;
    this.#add(account, cents);
  }

  moved(from: string, to: string, cents: bigint): void {
    this.#add(from, -cents);
    this.#add(to, cents);
  }

  /** A transfer between them may or may not have happened. */
  leftOpen(from: string, to: string): void {
    this.#uncertain.add(from).add(to);
  }

  /** Compares with what the bank says its balances are: a sentence for each account that differs, and for the total. */
  compare(balances: ReadonlyMap<string, bigint>): string[] {
    const total = [...balances.values()].reduce((sum, balance) => sum + balance, 0n);
    const wrong = this.accounts
      .filter(account => !this.#uncertain.has(account) && balances.get(account) !== this.#confirmed.get(account))
      .map(account => {
        const [expected, found] = [this.#confirmed.get(account) ?? 0n, balances.get(account)];
        return `account ${account} should hold ${amountOf(expected)} and holds ${found === undefined ? 'nothing: it is not there' : amountOf(found)}`;
      });
    return total === this.#paidIn
      ? wrong
      : [`${amountOf(this.#paidIn)} was paid in and the accounts hold ${amountOf(total)}`, ...wrong];
  }

  #add(account: string, cents: bigint): void {
    this.#confirmed.set(account, (this.#confirmed.get(account) ?? 0n) + cents);
  }
}
