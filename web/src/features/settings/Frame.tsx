// The form all settings have: a list of pages with a search, and the chosen page, over the whole window. On a
// phone the list comes first and a page covers it. Used by the person's, communities' and channels' settings.
import { useLingui } from '@lingui/react/macro';
import { ArrowLeft, Search, X } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import {
  cx,
  EmptyState,
  IconButton,
  Layer,
  type NavItem,
  NavList,
  SearchDrawing,
  SearchField,
  Skeleton,
} from '#/ui';
import styles from './Frame.module.css';

export interface SettingsPage {
  id: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  /** What the search finds on it: labels of controls and other words for them. */
  terms?: readonly string[];
  /** Instead of a page, something that happens. */
  onSelect?: () => void;
}

interface FrameProps {
  /** What is set here, spoken as the name of the window: "Settings", "Settings of Trains". */
  title: string;
  /** Above the list: who or what it is about. */
  head?: ReactNode;
  groups: readonly { heading?: string; pages: readonly SettingsPage[] }[];
  /** The page shown; without one a desktop shows the first and a phone the list. */
  current: string | undefined;
  onSelect: (id: string) => void;
  /** To the list on a phone. */
  onBack: () => void;
  onClose: () => void;
  /** Below the list. */
  foot?: ReactNode;
  children: ReactNode;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

export function SettingsFrame({
  title,
  head,
  groups,
  current,
  onSelect,
  onBack,
  onClose,
  foot,
  children,
}: FrameProps) {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const pages = groups.flatMap((group) => group.pages);
  const page = pages.find((one) => one.id === current) ?? pages[0];
  const wanted = fold(query.trim());
  const match = (text: string) => fold(text).includes(wanted);
  const entry = (one: SettingsPage): NavItem => ({
    id: one.id,
    label: one.label,
    icon: one.icon,
    current: one.id === page?.id,
    ...(one.danger && { danger: true }),
    onSelect: one.onSelect ?? (() => onSelect(one.id)),
  });
  const found = pages
    .map((one) => ({ one, terms: (one.terms ?? []).filter(match), named: match(one.label) }))
    .filter(({ terms, named }) => named || terms.length > 0);
  const sections = wanted
    ? found.map(({ one, terms }) => ({
        items: [
          entry(one),
          ...terms.slice(0, 4).map((term, i) => ({
            id: `${one.id}-${i}`,
            label: term,
            onSelect: () => {
              onSelect(one.id);
              sought = term;
            },
          })),
        ],
      }))
    : groups.map(({ heading, pages: inside }) => ({ ...(heading && { heading }), items: inside.map(entry) }));
  return (
    <Layer kind="panel" modal onClose={onClose}>
      <dialog
        open
        aria-modal="true"
        aria-label={title}
        className={styles.frame}
        data-page={current ? '' : undefined}
      >
        <div className={styles.side}>
          <div className={styles.list}>
            <div className={styles.top}>
              <h1 className={styles.title}>{title}</h1>
              <IconButton
                className={styles.closeList}
                label={t`Close`}
                icon={<X size={20} />}
                onClick={onClose}
              />
            </div>
            {head}
            <SearchField
              label={t`Search settings`}
              placeholder={t`Search settings`}
              icon={<Search size={16} />}
              value={query}
              onChange={setQuery}
            />
            <NavList label={title} sections={sections} />
            {wanted && found.length === 0 && (
              <EmptyState icon={<SearchDrawing />} title={t`No setting like that`} />
            )}
            {foot && <div className={styles.foot}>{foot}</div>}
          </div>
        </div>
        <div className={styles.main}>
          <div className={styles.content}>
            <div className={styles.header}>
              <IconButton
                className={styles.back}
                label={t`Back`}
                icon={<ArrowLeft size={20} data-mirror />}
                onClick={onBack}
              />
              <PageTitle key={page?.id}>{page?.label}</PageTitle>
              <div className={styles.close}>
                <IconButton label={t`Close`} icon={<X size={20} />} onClick={onClose} />
                <span className={styles.esc} aria-hidden="true">
                  Esc
                </span>
              </div>
            </div>
            <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
          </div>
        </div>
      </dialog>
    </Layer>
  );
}

/** What the search was looking for; the section that has it scrolls into view when it appears. */
let sought = '';

function PageTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (window.matchMedia('(max-width: 760px)').matches) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className={styles.heading}>
      {children}
    </h2>
  );
}

export const PageSkeleton = () => (
  <div className={styles.skeleton}>
    {[180, 260, 220, 140].map((width) => (
      <div key={width}>
        <Skeleton width={width} />
        <Skeleton shape="block" height={40} />
      </div>
    ))}
  </div>
);

interface SectionProps {
  title?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
  /** Lines between the children, as among switches. */
  lines?: boolean;
  danger?: boolean;
}

/** A named part of a page. */
export function Section({ title, hint, children, lines, danger }: SectionProps) {
  const id = useId();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!sought || !element?.textContent?.includes(sought)) return;
    sought = '';
    element.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={box} aria-labelledby={title ? id : undefined} className={styles.section}>
      {title && (
        <h3 id={id} className={cx(styles.sectionTitle, danger && styles.danger)}>
          {title}
        </h3>
      )}
      {hint && <p className={styles.hint}>{hint}</p>}
      <div className={cx(styles.body, lines && styles.lines)}>{children}</div>
    </section>
  );
}

interface RowProps {
  icon?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  /** Buttons at the end. */
  children?: ReactNode;
}

/** One thing and what can be done with it. */
export function Row({ icon, title, text, children }: RowProps) {
  return (
    <div className={styles.row}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <div className={styles.words}>
        <div className={styles.name}>{title}</div>
        {text && <div className={styles.text}>{text}</div>}
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
