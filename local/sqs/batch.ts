import * as z from 'zod';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { invalidBatch } from './sqs-error.ts';

const mostEntries = 10;

/** The entries of a batch request. */
export const batchOf = <Entry extends z.ZodRawShape>(entry: Entry) => z.array(z.object({ Id: z.string(), ...entry }));

interface BatchAnswer {
  Successful: object[];
  Failed: object[];
}

/** Throws for a batch that is refused as a whole: empty, too long, or with ids that are malformed or not distinct. */
function checkBatch(entries: { Id: string }[]): void {
  if (entries.length === 0) {
    throw invalidBatch(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (entries.length > mostEntries) {
    const message = `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`;
    throw invalidBatch('TooManyEntriesInBatchRequest', message);
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
    const message =
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
    throw invalidBatch('InvalidBatchEntryId', message);
  }
  const repeated = entries.find(({ Id }, index) => entries.findIndex(other => other.Id === Id) < index);
  if (repeated) throw invalidBatch('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`);
}

/** Does each entry of a batch by itself: what one is refused for leaves the others as they are. */
export function runBatch<Entry extends { Id: string }>(entries: Entry[], run: (entry: Entry) => object): BatchAnswer {
  checkBatch(entries);
  const answer: BatchAnswer = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      answer.Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsJsonError)) throw error;
      answer.Failed.push({ Id: entry.Id, SenderFault: true, Code: error.type, Message: error.message });
    }
  }
  return answer;
}
