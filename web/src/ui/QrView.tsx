import { encode } from 'uqr';

/** A QR code, always dark on light with its quiet zone: that is what cameras read. */
export default function QrView({ text, label, size = 184 }: { text: string; label: string; size?: number }) {
  const { data } = encode(text, { border: 3 });
  const width = data.length;
  let path = '';
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) if (data[y]?.[x]) path += `M${x} ${y}h1v1h-1z`;
  }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${width}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ borderRadius: 'var(--radius-12)', forcedColorAdjust: 'none' }}
    >
      <rect width={width} height={width} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
