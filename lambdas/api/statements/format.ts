import { BankError } from '../../domain/errors.ts';
import { preferredMedia } from '../../runtime/http/accept.ts';

/** The formats of a statement, and the media types that they are. */
export const formats = {
  json: 'application/json',
  csv: 'text/csv',
  pdf: 'application/pdf',
} as const;

export type Format = keyof typeof formats;

/**
 * The format that a request is for: the one that it names, or what its Accept header likes best.
 *
 * @throws BankError NOT_ACCEPTABLE when it names none and accepts none.
 */
export function formatOf(named: Format | undefined, accept: string | undefined): Format {
  if (named !== undefined) {
    return named;
  }
  const names = Object.keys(formats) as Format[];
  const media = preferredMedia(
    accept,
    names.map(name => formats[name]),
  );
  const found = names.find(name => formats[name] === media);
  if (found === undefined) {
    throw new BankError('NOT_ACCEPTABLE', { detail: `There are ${Object.values(formats).join(', ')}.` });
  }
  return found;
}
