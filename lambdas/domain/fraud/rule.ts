/** A rule's word on a payment: its points and what it saw, or why it could not answer. */
export type RuleFinding = { rule: string; score: number; error?: string } & Readonly<
  Record<string, string | number | null>
>;
