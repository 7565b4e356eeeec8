/** A topic as its template describes it. */
export interface TopicDefinition {
  name: string;
  arn: string;
}

/** Somebody who hears of what is published to a topic. */
export interface SubscriptionDefinition {
  topicArn: string;
  /** `sqs`, `lambda`, `email`, … */
  protocol: string;
  /** The ARN of the queue or function, or the address. */
  endpoint: string;
  /** Whether a queue gets the message alone, without the envelope. */
  rawDelivery: boolean;
}
