export default function WasntMe() {
  return <main>WasntMe</main>;
}
