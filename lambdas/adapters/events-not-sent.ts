/** Some events may not have arrived in their queue. It is told apart from what sends them, so that who hears of it need not load that. */
export class EventsNotSent extends Error {
  /** The events that may not have arrived. */
  readonly ids: readonly string[];

  constructor(ids: readonly string[], cause?: unknown) {
    super(
      `The queue did not take ${ids.length} events: ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', …' : ''}`,
      { cause },
    );
    this.name = 'EventsNotSent';
    this.ids = ids;
  }
}
