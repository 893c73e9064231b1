import { Trans, useLingui } from '@lingui/react/macro';
import { Banner, Button } from '#/ui';
import { useBitGroups } from './bits';

/** Permissions that somebody else changed while one's own changes wait: named, with what they are now. */
export function ChangedBits({ was, now }: { was: bigint; now: bigint }) {
  const { t } = useLingui();
  const bits = useBitGroups().flatMap((group) => group.bits);
  return bits
    .filter(({ value }) => ((was ^ now) & value) !== 0n)
    .map(({ bit, label, value }) => (
      <li key={bit}>
        {label}: {(now & value) !== 0n ? t`allowed` : t`not allowed`}
      </li>
    ));
}

/** Says what another person changed meanwhile, next to what is not saved here. */
export function Meanwhile({
  children,
  onKeep,
  onTake,
}: {
  children: React.ReactNode;
  onKeep: () => void;
  onTake?: (() => void) | undefined;
}) {
  return (
    <Banner
      kind="warning"
      action={
        <span style={{ display: 'flex', gap: 'var(--space-8)' }}>
          {onTake && (
            <Button size="s" onClick={onTake}>
              <Trans>Take theirs</Trans>
            </Button>
          )}
          <Button size="s" onClick={onKeep}>
            {onTake ? <Trans>Keep mine</Trans> : <Trans>Understood</Trans>}
          </Button>
        </span>
      }
    >
      <Trans>Somebody else changed this meanwhile:</Trans>
      <ul style={{ columns: '14rem' }}>{children}</ul>
    </Banner>
  );
}
