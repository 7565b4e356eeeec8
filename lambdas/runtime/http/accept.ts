/**
 * The one of the offered media types that an Accept header likes best; of several that it likes as much, the first. Without the header
 * anything will do. Parameters of media ranges other than their weight count for nothing.
 * Source: RFC 9110 §12.5.1.
 *
 * @returns undefined when none is accepted.
 */
export function preferredMedia<Media extends string>(
  accept: string | undefined,
  offered: readonly Media[],
): Media | undefined {
  const ranges = (accept?.trim() || '*/*').split(',').map(rangeOf);
  const weighed = offered.map(media => ({ media, weight: weightOf(media, ranges) }));
  const best = Math.max(...weighed.map(({ weight }) => weight));
  return best > 0 ? weighed.find(({ weight }) => weight === best)?.media : undefined;
}

interface Range {
  name: string;
  weight: number;
}

function rangeOf(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map(part => part.trim().toLowerCase());
  const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? '1';
  // A weight that is none is no reason to refuse: what stands there is liked, if less.
  return { name, weight: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0.001 };
}

/** The most specific range that a media type is in decides. */
function weightOf(media: string, ranges: readonly Range[]): number {
  const names = [media, `${media.split('/')[0]}/*`, '*/*'];
  const found = names.map(name => ranges.find(range => range.name === name)).find(range => range !== undefined);
  return found?.weight ?? 0;
}
