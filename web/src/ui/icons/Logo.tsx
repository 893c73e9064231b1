import { markPath, streamPath } from './mark';

export { markPath, streamPath };

interface LogoProps {
  size?: number;
  className?: string | undefined;
  /** Its name, where it stands alone. */
  label?: string;
}

export function Logo({ size = 32, className, label }: LogoProps) {
  return (
    <svg
      viewBox="0 0 64 64"
      width={size}
      height={size}
      className={className}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={markPath} fill="var(--accent)" />
      <path d={streamPath} fill="none" stroke="var(--on-accent)" strokeWidth="5" strokeLinecap="round" />
    </svg>
  );
}

export function Wordmark({ size = 28, name = 'fluxer' }: { size?: number; name?: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: size * 0.32 }}>
      <Logo size={size} />
      <span style={{ fontSize: size * 0.82, lineHeight: 1, fontWeight: 600, letterSpacing: '-0.02em' }}>
        {name}
      </span>
    </span>
  );
}
