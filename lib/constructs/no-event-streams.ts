/** Stands in for `@smithy/core/event-streams`: nothing that the bank asks of AWS is answered as a stream of events. */
export class EventStreamSerde {
  constructor() {
    eventStreamSerdeProvider();
  }
}

export function eventStreamSerdeProvider(): never {
  throw new Error('No call of the bank is answered as a stream of events');
}

/** What a client's settings are made into: here, themselves. */
export function resolveEventStreamSerdeConfig<Settings>(settings: Settings): Settings {
  return settings;
}
