export default function Overlays() {
  return null;
}
