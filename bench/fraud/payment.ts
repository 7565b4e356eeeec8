/** What criminals do in the evaluation. */
export const crimes = ['ACCOUNT_TAKEOVER', 'STRUCTURING', 'MULE', 'DORMANT_TAKEOVER', 'CARD_TESTING'] as const;
export type Crime = (typeof crimes)[number];

/** A payment as it was generated, and the truth about it. */
export interface GeneratedPayment {
  id: string;
  type: 'TRANSFER' | 'DEPOSIT' | 'WITHDRAWAL';
  from: string | null;
  to: string | null;
  cents: number;
  /** Milliseconds since 1970. */
  at: number;
  by: string;
  ip: string | null;
  /** What it is for: `rent`, `groceries`, a crime's name, … */
  behaviour: string;
  /** A payment of a crime names its case; what belongs to no case is ordinary. */
  crime?: { kind: Crime; case: string };
  /** It has to be there for others to make sense, and is not counted: wages that come in, and what victims send to a mule. */
  context?: true;
}

/** An account, opened long ago. */
export interface GeneratedAccount {
  id: string;
  customer: string;
  opened: number;
}

/** Who the bank's own doing is by: wages, standing orders, cash machines. */
export const system = '00000000-0000-0000-0000-000000000000';

const day = 86_400_000;
/** The evaluated month: May 2026, by the clocks of New York. */
export const monthBegins = Date.parse('2026-05-01T04:00:00Z');
export const daysOfMonth = 31;

/** The instant of a time of day in the bank's time zone, so many days after the month began, or before. */
export function instant(dayOfMonth: number, hour: number): number {
  return Math.round(monthBegins + dayOfMonth * day + hour * 3_600_000);
}

/** The first day of each generated month: the evaluated one is the last, the others are what the rules look back on. */
export const firstDays = [-92, -61, -30, 0];
