// Puts a mention where the person is writing. The composer listens; without one open nothing happens.
export const MENTION_EVENT = 'composer:insert';

export function mention(userId: string): void {
  dispatchEvent(new CustomEvent(MENTION_EVENT, { detail: { text: `<@${userId}> ` } }));
}
