export default function Reset() {
  return <main>Reset</main>;
}
