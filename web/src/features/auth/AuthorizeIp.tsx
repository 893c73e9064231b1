export default function AuthorizeIp() {
  return <main>AuthorizeIp</main>;
}
