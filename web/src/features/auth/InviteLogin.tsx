export default function InviteLogin() {
  return <main>InviteLogin</main>;
}
