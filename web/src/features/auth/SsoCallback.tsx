export default function SsoCallback() {
  return <main>SsoCallback</main>;
}
