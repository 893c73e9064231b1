export default function InvitePage() {
  return <main>InvitePage</main>;
}
