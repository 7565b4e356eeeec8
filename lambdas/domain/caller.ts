/** Cognito's groups. A user may be in several; who may call what stands in the contract. */
export const roles = ['customer', 'teller', 'analyst', 'auditor', 'compliance', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who sent a request, from where: what the token and the gateway say, nothing that the client could make up. */
export interface Caller {
  /** Cognito's `sub`; a customer's id in the bank is the same. */
  id: string;
  roles: Role[];
  ip: string;
  userAgent: string;
  sessionId: string;
  requestId: string;
}
