export default function Forgot() {
  return <main>Forgot</main>;
}
