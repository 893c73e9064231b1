/** A channel of a community (`guildId`) or a conversation (`guildId` is '@me'); `messageId` jumps there. */
export function ChannelView(props: { guildId: string; channelId: string; messageId?: string }) {
  return <p>{props.channelId}</p>;
}
/** A community without a channel in the path: leads to the last one visited, or the first readable. */
export function GuildView(props: { guildId: string }) {
  return <p>{props.guildId}</p>;
}
/** /channels/@me */
export function FriendsView() {
  return null;
}
/** /discover */
export function DiscoverView() {
  return null;
}
/** /inbox and /you: tabs of the phone. */
export function InboxView() {
  return null;
}
export function YouView() {
  return null;
}
