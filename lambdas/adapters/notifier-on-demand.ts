import type { Notifier, NotifierOptions } from './notifier.ts';
import { onDemand } from './on-demand.ts';

/** The bank's way to its customers; its clients, and the letters, are loaded for the first notification: most events tell nobody anything. */
export function notifierOnDemand(options: Pick<NotifierOptions, 'topics' | 'sender'>): Notifier {
  const notifier = onDemand(async () => {
    const { createNotifier } = await import('./notifier.ts');
    return createNotifier(options);
  });
  return { send: async notification => (await notifier()).send(notification) };
}
