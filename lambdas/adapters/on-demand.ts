/**
 * Something that a function needs for some of what it is asked only: made when it is first used, and kept. Until then nobody waits for what it
 * loads, the client of an AWS service for one. What could not be made is made anew the next time.
 */
export function onDemand<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make().catch(error => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
