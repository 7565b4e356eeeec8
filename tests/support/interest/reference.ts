import { Decimal } from 'decimal.js';
import { addDays, type Day, daysFrom, isMonthEnd } from './days.ts';

const Exact = Decimal.clone({ precision: 80 });

export type DayCount = 'ACT/365' | 'ACT/360' | '30/360';

export interface ReferenceTerms {
  type: 'SAVINGS' | 'CHECKING' | 'CREDIT';
  dayCount: DayCount;
  /** Decimal places of the currency. */
  minorUnits: number;
  overdraftLimit: string;
  openedOn: Day;
  rate: string;
}

interface Accrual {
  run_date: Day;
  day: Day;
  balance: string;
  rate: string;
  amount: string;
}

interface Capitalisation {
  run_date: Day;
  accrued: string;
  posted: string;
  carried: string;
}

/**
 * One account's interest, reckoned apart from the bank: from every entry and every rate since the account was opened, day by day, with
 * a decimal library. It knows nothing of how the bank does it.
 */
export class ReferenceAccount {
  readonly accruals: Accrual[] = [];
  readonly capitalisations: Capitalisation[] = [];
  readonly #terms: ReferenceTerms;
  readonly #entries: { day: Day; amount: Decimal }[] = [];
  readonly #rates: { from: Day; rate: Decimal }[];
  /** The earliest day for which something was entered late, until a run has looked at it. */
  #revisedFrom: Day | undefined;
  #carried = new Exact(0);

  constructor(terms: ReferenceTerms) {
    this.#terms = terms;
    this.#rates = [{ from: terms.openedOn, rate: new Exact(terms.rate) }];
  }

  get balance(): string {
    return sum(this.#entries.map(({ amount }) => amount)).toFixed(this.#terms.minorUnits);
  }

  /** What has accrued and is not posted. */
  get unposted(): string {
    const last = this.capitalisations.at(-1)?.run_date ?? '';
    const since = this.accruals.filter(({ run_date }) => run_date > last).map(({ amount }) => new Exact(amount));
    return sum([this.#carried, ...since]).toFixed(10);
  }

  /** Enters money for a day. `late`: the day's books were closed. */
  enter(amount: string, day: Day, late = false): void {
    this.#entries.push({ day, amount: new Exact(amount) });
    if (late) this.#revise(day);
  }

  /** Sets the rate from a day on. */
  setRate(rate: string, from: Day, late = false): void {
    this.#rates.push({ from, rate: new Exact(rate) });
    if (late) this.#revise(from);
  }

  /** What the runs of a day do: adjust, accrue, and at a month's end post. */
  endDay(day: Day): void {
    const since = this.#revisedFrom;
    if (since !== undefined && since < day) {
      for (const past of daysFrom(since, addDays(day, -1))) this.#adjust(past, day);
      this.#revisedFrom = undefined;
    }
    if (this.#rateOn(day)?.greaterThan(0)) {
      this.accruals.push({ run_date: day, day, ...this.#fit(day) });
    }
    if (isMonthEnd(day)) this.#capitalise(day);
  }

  #revise(day: Day): void {
    if (this.#revisedFrom === undefined || day < this.#revisedFrom) this.#revisedFrom = day;
  }

  #adjust(past: Day, run_date: Day): void {
    if (this.#rateOn(past) === undefined) return;
    const fit = this.#fit(past);
    const booked = this.accruals.filter(({ day }) => day === past).map(({ amount }) => new Exact(amount));
    const difference = new Exact(fit.amount).minus(sum(booked));
    if (!difference.isZero()) {
      this.accruals.push({ run_date, day: past, ...fit, amount: difference.toFixed(10) });
    }
  }

  /** What a day should accrue, by all that is known now. */
  #fit(day: Day): { balance: string; rate: string; amount: string } {
    const balance = sum(this.#entries.filter(entry => entry.day <= day).map(({ amount }) => amount));
    const rate = this.#rateOn(day) ?? new Exact(0);
    const bears = this.#terms.type === 'CREDIT' ? balance.isNegative() : balance.greaterThan(0);
    const amount = bears ? balance.times(rate).times(yearPart(this.#terms.dayCount, day)) : new Exact(0);
    return {
      balance: balance.toFixed(4),
      rate: rate.toFixed(6),
      amount: amount.toDecimalPlaces(10, Decimal.ROUND_HALF_UP).toFixed(10),
    };
  }

  #rateOn(day: Day): Decimal | undefined {
    const valid = this.#rates.filter(({ from }) => from <= day);
    const latest = valid
      .map(({ from }) => from)
      .toSorted()
      .at(-1);
    return valid.findLast(({ from }) => from === latest)?.rate;
  }

  #capitalise(day: Day): void {
    const last = this.capitalisations.at(-1)?.run_date ?? '';
    const accrued = sum(this.accruals.filter(({ run_date }) => run_date > last).map(({ amount }) => new Exact(amount)));
    const due = accrued.plus(this.#carried);
    const { minorUnits, overdraftLimit } = this.#terms;
    const rounded = due.toDecimalPlaces(minorUnits, Decimal.ROUND_HALF_EVEN);
    const room = sum(this.#entries.map(({ amount }) => amount)).plus(overdraftLimit);
    const posted = rounded.isNegative() ? Decimal.max(rounded, room.negated()) : rounded;
    if (accrued.isZero() && posted.isZero()) return;
    this.#carried = due.minus(posted);
    this.capitalisations.push({
      run_date: day,
      accrued: accrued.toFixed(10),
      posted: posted.plus(0).toFixed(4),
      carried: this.#carried.toFixed(10),
    });
    if (!posted.isZero()) this.enter(posted.toString(), addDays(day, 1));
  }
}

/** For how much of a year the night after a day counts. */
function yearPart(dayCount: DayCount, day: Day): Decimal {
  if (dayCount === '30/360') {
    return new Exact(monthsOf30(addDays(day, 1)) - monthsOf30(day)).dividedBy(360);
  }
  return new Exact(1).dividedBy(dayCount === 'ACT/365' ? 365 : 360);
}

/** Days since the year 0 in months of 30 days: a 31st is a 30th (ISDA 2006 Definitions §4.16(g)). */
function monthsOf30(day: Day): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return 360 * year + 30 * month + Math.min(date, 30);
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Exact(0));
}
