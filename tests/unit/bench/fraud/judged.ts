import type { Judged, Spoken } from '../../../../bench/fraud/figures.ts';
import type { Crime } from '../../../../bench/fraud/payment.ts';

const payment = { type: 'TRANSFER', from: 'a', to: 'b', cents: 1, at: 0, by: 'c', ip: null } as const;

/** A payment that rules have judged. */
export function judged(
  about: {
    crime?: Crime;
    of?: string;
    behaviour?: string;
    context?: true;
    made?: boolean;
    gate?: Spoken[];
    review?: Spoken[];
  } = {},
): Judged {
  const { crime, of = '1', behaviour = crime ?? 'groceries', context, made = true, gate = [], review = [] } = about;
  return {
    payment: {
      ...payment,
      id: crypto.randomUUID(),
      behaviour,
      ...(crime && { crime: { kind: crime, case: `${crime} ${of}` } }),
      ...(context && { context }),
    },
    gate,
    review,
    made,
  };
}

/** A rule's word. */
export function says(rule: string, score: number): Spoken[] {
  return [{ rule, score }];
}
