import type { MouseEvent, ReactNode } from 'react';
import css from './PaneTop.module.css';

type Props = {
  icon: ReactNode;
  label: string;
  pressed?: boolean;
  dot?: boolean;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
};

export function HeaderButton({ icon, label, pressed, dot, onClick }: Props) {
  return (
    <button
      type="button"
      className={css.button}
      aria-label={label}
      data-tooltip={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {icon}
      {dot && <span className={css.dot} />}
    </button>
  );
}
