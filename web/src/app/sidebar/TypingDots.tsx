import css from './Sidebar.module.css';

export function TypingDots() {
  return (
    <span className={css.typing} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
