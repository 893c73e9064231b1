import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { Badge } from './Badge';
import { cx } from './cx';
import styles from './NavList.module.css';

export interface NavItem {
  id: string;
  label: string;
  icon?: ReactNode;
  href?: string;
  onSelect?: () => void;
  current?: boolean;
  count?: number;
  danger?: boolean;
}

interface NavListProps {
  label: string;
  sections: readonly { heading?: string; items: readonly NavItem[] }[];
  className?: string;
}

/** Arrow keys, Home, End and typed letters among links; one tab stop. Usable by any list of links or buttons. */
export function roving(event: KeyboardEvent<HTMLElement>, selector = 'a, button'): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)].filter((e) =>
    e.checkVisibility(),
  );
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  let next = to === undefined ? undefined : all[Math.max(0, Math.min(all.length - 1, to))];
  if (to === undefined && event.key.length === 1 && /\S/u.test(event.key)) {
    const letter = event.key.toLowerCase();
    next = [...all.slice(at + 1), ...all.slice(0, at)].find((element) =>
      element.textContent?.trim().toLowerCase().startsWith(letter),
    );
  }
  if (!next) return;
  event.preventDefault();
  for (const element of all) element.tabIndex = element === next ? 0 : -1;
  next.focus();
}

export function NavList({ label, sections, className }: NavListProps) {
  const id = useId();
  const all = sections.flatMap((section) => section.items);
  const stop = all.find((item) => item.current) ?? all[0];
  return (
    <nav aria-label={label} className={cx(styles.nav, className)} onKeyDown={(event) => roving(event)}>
      {sections.map((section, i) => (
        <div key={section.heading ?? i} className={styles.section}>
          {section.heading && (
            <p id={`${id}-${i}`} className={styles.heading}>
              {section.heading}
            </p>
          )}
          <ul aria-labelledby={section.heading ? `${id}-${i}` : undefined}>
            {section.items.map((item) => {
              const shared = {
                className: cx(styles.item, item.danger && styles.danger),
                'aria-current': item.current ? ('page' as const) : undefined,
                tabIndex: item === stop ? 0 : -1,
              };
              const inner = (
                <>
                  {item.icon}
                  <span className={styles.label}>{item.label}</span>
                  {item.count ? <Badge count={item.count} /> : null}
                </>
              );
              return (
                <li key={item.id}>
                  {item.href ? (
                    <a
                      {...shared}
                      href={item.href}
                      onClick={(event) => {
                        if (!item.onSelect || event.metaKey || event.ctrlKey || event.shiftKey) return;
                        event.preventDefault();
                        item.onSelect();
                      }}
                    >
                      {inner}
                    </a>
                  ) : (
                    <button {...shared} type="button" onClick={item.onSelect}>
                      {inner}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
