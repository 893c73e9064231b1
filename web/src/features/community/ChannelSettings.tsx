export default function ChannelSettings() {
  return <p>ChannelSettings</p>;
}
