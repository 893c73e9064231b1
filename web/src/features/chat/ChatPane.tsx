/** The conversation of a channel: its timeline and the place to write. The header is the shell's. */
export function ChatPane({ channelId }: { channelId: string }) {
  return <section data-channel={channelId} />;
}
