import { Trans, useLingui } from '@lingui/react/macro';
import { Button, ErrorState } from '#/ui';
import styles from './Rows.module.css';

// Widths of the lines, so that a skeleton looks like people talking and is the same at every render.
const shapes = [[64, 38], [82], [45, 70, 30], [58], [90, 52], [36], [74, 61], [50], [66, 80, 44]];

function Lines({ count }: { count: number }) {
  return Array.from({ length: count }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: all alike
    <div key={i} className={styles.skeleton}>
      <span className={styles.skeletonAvatar} />
      <span className={styles.skeletonName} />
      {(shapes[i % shapes.length] as number[]).map((width) => (
        <span key={width} className={styles.skeletonLine} style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  ));
}

export function FirstSkeleton() {
  const { t } = useLingui();
  return (
    <div className={styles.firstSkeleton} role="status" aria-label={t`Loading messages`}>
      <Lines count={9} />
    </div>
  );
}

interface EdgeProps {
  edge: 'start' | 'end';
  height: number;
  failed?: () => void;
}

/** Stands where more messages are being fetched; after a failure it offers another try. */
export function SkeletonRows({ edge, height, failed }: EdgeProps) {
  return (
    <div className={edge === 'start' ? styles.edgeStart : styles.edgeEnd} style={{ blockSize: height }}>
      {failed ? (
        <div className={styles.edgeError}>
          <Trans>The rest could not be loaded.</Trans>
          <Button size="s" onClick={failed}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      ) : (
        <div aria-hidden>
          <Lines count={5} />
        </div>
      )}
    </div>
  );
}

export function LoadError({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className={styles.center}>
      <ErrorState error={error} onRetry={retry} />
    </div>
  );
}
