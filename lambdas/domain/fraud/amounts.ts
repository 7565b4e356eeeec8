/** The ledger keeps no amount finer than a ten-thousandth, in any currency. */
const places = 4;

/** An amount as a whole number of ten-thousandths, so that amounts are compared and added exactly. */
export function units(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** The sum of amounts that are written with as many decimal places as the first, and so is the sum. */
export function total(amounts: readonly string[]): string {
  const sum = amounts.reduce((soFar, amount) => soFar + units(amount), 0n);
  const digits = sum.toString().padStart(places + 1, '0');
  const decimals = amounts[0]?.split('.')[1]?.length ?? 0;
  const [whole, fraction] = [digits.slice(0, -places), digits.slice(-places).slice(0, decimals)];
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Whether an amount is at least so many times another: `isTimes('80', '0.8', '100')`. */
export function isTimes(amount: string, times: string, other: string): boolean {
  return units(amount) * units('1') >= units(times) * units(other);
}
