/** A queue as its template describes it. */
export interface QueueDefinition {
  name: string;
  /** By the API's names, with values as the API has them: `{ VisibilityTimeout: '60', RedrivePolicy: '{…}' }`. */
  attributes: Record<string, string>;
}
