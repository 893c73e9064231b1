import { Skeleton } from '#/ui';
import styles from './Found.module.css';

/** The shape of cards that are being fetched. */
export function CardSkeletons({ count = 4 }: { count?: number }) {
  return (
    <div className={styles.list} aria-hidden>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={at} className={styles.card}>
          <div className={styles.head}>
            <Skeleton shape="circle" width={24} height={24} />
            <Skeleton width={96} />
          </div>
          <div className={styles.text}>
            <Skeleton width="90%" />
            <Skeleton width={at % 2 ? '60%' : '40%'} />
          </div>
        </div>
      ))}
    </div>
  );
}
