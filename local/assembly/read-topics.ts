import * as z from 'zod';
import type { SubscriptionDefinition, TopicDefinition } from '../sns/topic-definition.ts';
import { AssemblyError } from './assembly-error.ts';
import { flag } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const topicSchema = z.object({ FifoTopic: flag.default(false) });
const subscriptionSchema = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: flag.default(false),
  FilterPolicy: z.unknown().optional(),
});

/** The SNS topics. */
export function readTopics(assembly: ResolvedAssembly): TopicDefinition[] {
  return assembly.ofType('AWS::SNS::Topic').map(resource => {
    if (resource.read(topicSchema).FifoTopic) {
      throw new AssemblyError(
        `stack ${resource.stack}, resource ${resource.logicalId}: FIFO topics are not served locally`,
      );
    }
    return { name: resource.attribute('TopicName'), arn: resource.ref() };
  });
}

/** Who hears of what is published to a topic. */
export function readSubscriptions(assembly: ResolvedAssembly): SubscriptionDefinition[] {
  return assembly.ofType('AWS::SNS::Subscription').map(resource => {
    const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy } = resource.read(subscriptionSchema);
    if (FilterPolicy !== undefined) {
      const where = `stack ${resource.stack}, resource ${resource.logicalId}`;
      throw new AssemblyError(`${where}: filter policies of subscriptions are not served locally`);
    }
    return { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint, rawDelivery: RawMessageDelivery };
  });
}
