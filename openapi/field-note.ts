/** What a field means, and a value that it may have. */
export interface FieldNote {
  description: string;
  example?: unknown;
}
