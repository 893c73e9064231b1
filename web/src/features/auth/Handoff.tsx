export default function Handoff() {
  return <main>Handoff</main>;
}
