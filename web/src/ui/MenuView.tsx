import { useLingui } from '@lingui/react/macro';
import { Check, ChevronLeft, ChevronRight, Circle } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cx } from './cx';
import { KeyCap } from './KeyCap';
import { Layer } from './layers/Layer';
import { type Align, type Anchor, place, type Side } from './layers/place';
import looks from './looks.module.css';
import styles from './Menu.module.css';
import { closeMenu, type MenuEntry, type MenuItem, type OpenMenu } from './menu';

const isItem = (entry: MenuEntry): entry is MenuItem =>
  Boolean(entry) && entry !== 'separator' && !('heading' in (entry as object));

/** Leaves out what is not there, and separators that separate nothing. */
function tidy(entries: readonly MenuEntry[]): Exclude<MenuEntry, null | false | undefined>[] {
  const list = entries.filter((entry) => entry !== null && entry !== false && entry !== undefined);
  return list.filter(
    (entry, i) =>
      entry !== 'separator' ||
      (i > 0 && list[i - 1] !== 'separator' && list.slice(i + 1).some((later) => later !== 'separator')),
  );
}

const off = (item: MenuItem) => item.disabled || item.reason !== undefined;

interface ListProps {
  entries: readonly MenuEntry[];
  label: string | undefined;
  anchor: Anchor;
  side: Side | undefined;
  align: Align | undefined;
  byKey: boolean;
  phone: boolean;
  /** Closes this list only: a submenu. */
  onBack?: () => void;
}

function List({ entries, label, anchor, side, align, byKey, phone, onBack }: ListProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [sub, setSub] = useState<{ id: string; anchor: Element; byKey: boolean } | null>(null);
  const typed = useRef({ text: '', time: 0 });
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined);
  const list = tidy(entries);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (!phone)
      place(element, anchor, { side: side ?? 'bottom', align: align ?? 'start', gap: onBack ? 0 : 4 });
    const first = element.querySelector<HTMLElement>('[role^="menuitem"]');
    (byKey ? first : element)?.focus({ preventScroll: true });
  }, [anchor, side, align, byKey, phone, onBack]);
  useEffect(() => () => clearTimeout(hover.current), []);

  const items = () => [...(box.current?.querySelectorAll<HTMLElement>(':scope > [role^="menuitem"]') ?? [])];
  const choose = (item: MenuItem, element: Element, key: boolean) => {
    if (off(item)) return;
    if (item.submenu) {
      setSub({ id: item.id, anchor: element, byKey: key });
      return;
    }
    if (item.checked === undefined || item.radio) closeMenu();
    item.onSelect?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const inward = document.documentElement.dir === 'rtl';
    const move = (to: number) => all[(to + all.length) % all.length]?.focus();
    const current = list.filter(isItem)[at];
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at < 0 ? -1 : at - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(-1);
    else if (event.key === (inward ? 'ArrowLeft' : 'ArrowRight') && current?.submenu) {
      choose(current, all[at] as Element, true);
    } else if (event.key === (inward ? 'ArrowRight' : 'ArrowLeft') && onBack) onBack();
    else if (event.key === 'Tab') closeMenu();
    else if (
      event.key.length === 1 &&
      event.key !== ' ' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      const now = performance.now();
      const text = (now - typed.current.time < 600 ? typed.current.text : '') + event.key.toLowerCase();
      typed.current = { text, time: now };
      const start = text.length > 1 ? at : at + 1;
      const order = all.map((_, i) => all[(start + i + all.length) % all.length]);
      order.find((element) => element?.textContent?.trim().toLowerCase().startsWith(text))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const opened = list.find((entry) => isItem(entry) && entry.id === sub?.id) as MenuItem | undefined;
  const back = () => {
    if (sub?.anchor instanceof HTMLElement) sub.anchor.focus();
    setSub(null);
  };
  if (phone && opened?.submenu && sub) {
    return (
      <List
        entries={opened.submenu}
        label={opened.label}
        {...{ anchor, side, align, phone }}
        byKey={sub.byKey}
        onBack={() => setSub(null)}
      />
    );
  }
  return (
    <>
      <div
        ref={box}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className={cx(styles.menu, phone && styles.sheet)}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => event.preventDefault()}
      >
        {phone && onBack && (
          <button type="button" role="menuitem" tabIndex={-1} className={styles.item} onClick={onBack}>
            <ChevronLeft size={18} aria-hidden data-mirror />
            <span className={styles.label}>{t`Back`}</span>
          </button>
        )}
        {list.map((entry, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name of their own
          if (entry === 'separator') return <hr key={i} className={styles.separator} />;
          if ('heading' in entry) {
            return (
              <div key={entry.heading} className={styles.heading} role="presentation">
                {entry.heading}
              </div>
            );
          }
          const kind = entry.radio
            ? 'menuitemradio'
            : entry.checked === undefined
              ? 'menuitem'
              : 'menuitemcheckbox';
          return (
            <button
              key={entry.id}
              type="button"
              role={kind}
              tabIndex={-1}
              className={cx(styles.item, entry.danger && styles.danger)}
              {...(kind === 'menuitem' ? {} : { 'aria-checked': entry.checked === true })}
              aria-disabled={off(entry) || undefined}
              aria-haspopup={entry.submenu ? 'menu' : undefined}
              aria-expanded={entry.submenu ? entry.id === sub?.id : undefined}
              aria-keyshortcuts={entry.keys?.replace('Mod', 'Control')}
              data-open={entry.id === sub?.id || undefined}
              onClick={(event) => choose(entry, event.currentTarget, event.detail === 0)}
              onPointerMove={(event) => {
                if (event.pointerType !== 'mouse') return;
                const element = event.currentTarget;
                if (document.activeElement !== element && entry.id !== sub?.id)
                  element.focus({ preventScroll: true });
                if (entry.id === sub?.id || phone) return;
                clearTimeout(hover.current);
                hover.current = setTimeout(
                  () =>
                    setSub(
                      entry.submenu && !off(entry) ? { id: entry.id, anchor: element, byKey: false } : null,
                    ),
                  120,
                );
              }}
            >
              <span className={styles.icon}>{entry.icon}</span>
              <span className={styles.label}>
                {entry.label}
                {(entry.reason ?? entry.hint) && (
                  <span className={styles.hint}>{entry.reason ?? entry.hint}</span>
                )}
              </span>
              {entry.keys && !phone && <KeyCap keys={entry.keys} plain />}
              {entry.radio && entry.checked && <Circle size={8} fill="currentcolor" aria-hidden />}
              {!entry.radio && entry.checked && <Check size={16} aria-hidden />}
              {entry.submenu && <ChevronRight size={16} aria-hidden data-mirror />}
            </button>
          );
        })}
      </div>
      {opened?.submenu && sub && (
        <List
          key={sub.id}
          entries={opened.submenu}
          label={opened.label}
          anchor={sub.anchor}
          side="end"
          align="start"
          byKey={sub.byKey}
          phone={false}
          onBack={back}
        />
      )}
    </>
  );
}

/** The one open menu. */
export default function MenuView({ menu }: { menu: OpenMenu }) {
  const phone = window.matchMedia('(max-width: 640px) and (pointer: coarse)').matches;
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!inside.current?.contains(event.target as Node)) closeMenu(true);
    };
    const gone = () => closeMenu();
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('blur', gone);
    if (!phone) window.addEventListener('resize', gone);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('blur', gone);
      window.removeEventListener('resize', gone);
    };
  }, [phone]);
  return (
    <Layer kind="menu" onClose={() => closeMenu()} opener={menu.opener}>
      {phone && <div className={looks.scrim} />}
      <div ref={inside} className={styles.root}>
        <List
          entries={menu.entries}
          label={menu.label}
          anchor={menu.anchor}
          side={menu.side}
          align={menu.align}
          byKey={menu.byKey}
          phone={phone}
        />
      </div>
    </Layer>
  );
}
