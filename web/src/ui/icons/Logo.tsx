// Our mark: a bubble whose two lines of talk run as one stream.

interface LogoProps {
  size?: number;
  className?: string | undefined;
  /** Its name, where it stands alone. */
  label?: string;
}

export const markPath =
  'M32 4c15.5 0 28 11 28 25S47.500 54 32 54c-2.600 0-5.100-.3-7.500-.9L12.800 59.500c-1.600.9-3.500-.4-3.200-2.200l1.500-9.600C6.700 43.200 4 36.500 4 29 4 15 16.500 4 32 4Z';
export const streamPath = 'M17 24c5-5 10-5 15 0s10 5 15 0M17 36c5-5 10-5 15 0s10 5 15 0';

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
