import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { createRestJsonServer, RestJsonError } from '../rest-json/rest-json-server.ts';

/** An email as it was sent. */
export interface Email {
  from: string;
  to: string[];
  subject: string;
  body: string;
}

export interface SesOptions {
  /** 0, any free port, unless told. */
  port?: number;
  /** Told of every email before its sender gets an answer. */
  onEmail(email: Email): void;
  /** Told of every refusal. */
  log?(line: string): void;
}

const addresses = z.array(z.string()).default([]);
const text = z.object({ Data: z.string() });
const sendEmail = z.object({
  FromEmailAddress: z.string(),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .default({ ToAddresses: [], CcAddresses: [], BccAddresses: [] }),
  Content: z.object({
    Simple: z.object({ Subject: text, Body: z.object({ Text: text.optional(), Html: text.optional() }) }).optional(),
    Raw: z.object({ Data: z.base64() }).optional(),
    Template: z.unknown().optional(),
  }),
});

const mostRecipients = 50;
const badRequest = (message: string) => new RestJsonError('BadRequestException', message);

function readContent({ Simple, Raw }: z.output<typeof sendEmail>['Content']): { subject: string; body: string } {
  if (Simple) {
    const body = Simple.Body.Text?.Data ?? Simple.Body.Html?.Data;
    if (body === undefined) throw badRequest('Message body is required.');
    return { subject: Simple.Subject.Data, body };
  }
  if (!Raw) throw badRequest('Content must be Simple or Raw: templates are not served here.');
  const message = Buffer.from(Raw.Data, 'base64').toString('utf8');
  return { subject: /^subject:\s*(.*)$/im.exec(message)?.[1]?.trim() ?? '', body: message };
}

function readEmail(body: unknown): Email {
  const parsed = sendEmail.safeParse(body);
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
  const { FromEmailAddress, Destination, Content } = parsed.data;
  const to = [...Destination.ToAddresses, ...Destination.CcAddresses, ...Destination.BccAddresses];
  if (to.length === 0) throw badRequest('At least one recipient is required.');
  if (to.length > mostRecipients) throw badRequest(`Recipient count exceeds ${mostRecipients}.`);
  const illegal = [FromEmailAddress, ...to].find(address => !/^[^\s@]+@[^\s@]+$/.test(bare(address)));
  if (illegal !== undefined) throw badRequest(`Illegal address: ${illegal}`);
  return { from: FromEmailAddress, to, ...readContent(Content) };
}

/** `Alice <alice@bank.test>` → `alice@bank.test` */
function bare(address: string): string {
  return /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address;
}

/**
 * Serves SendEmail of SES (API v2, REST-JSON over HTTP), and sends nothing. Any `Authorization` header is accepted, none
 * is not (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html).
 */
export async function startSes(options: SesOptions): Promise<LoopbackServer> {
  const server = createRestJsonServer({
    routes: [
      {
        method: 'POST',
        path: /^\/v2\/email\/outbound-emails$/,
        run({ body }) {
          options.onEmail(readEmail(body));
          return { MessageId: randomUUID() };
        },
      },
    ],
    ...(options.log && { log: options.log }),
  });
  return await listenOnLoopback(server, options.port);
}
