export default function CommunitySettings() {
  return <p>CommunitySettings</p>;
}
