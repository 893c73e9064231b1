import { useLingui } from '@lingui/react/macro';
import { formatDuration } from '#/i18n';
import styles from './Player.module.css';
import type { Player } from './usePlayer';

/** Where it is, and a way to be elsewhere. */
export function Seek({ player, className }: { player: Player; className?: string | undefined }) {
  const { t } = useLingui();
  return (
    <input
      type="range"
      className={className}
      aria-label={t`Position`}
      aria-valuetext={formatDuration(player.time)}
      min={0}
      max={Math.max(player.duration, 0.1)}
      step={0.1}
      value={player.time}
      onChange={(event) => player.seek(event.currentTarget.valueAsNumber)}
    />
  );
}

/** How fast it plays; a press takes the next of the `rates`. */
export function Rate({ player, rates }: { player: Player; rates: readonly number[] }) {
  const { t } = useLingui();
  const next = rates[(rates.indexOf(player.rate) + 1) % rates.length] as number;
  return (
    <button
      type="button"
      className={styles.rate}
      aria-label={t`Speed: ${player.rate}`}
      onClick={() => player.setRate(next)}
    >
      {player.rate}×
    </button>
  );
}
