import { useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ReactionEmoji } from '#/api/types';
import { cx, EmptyState, SearchField, toast } from '#/ui';
import looks from '#/ui/looks.module.css';
import { loadEmoji, useEmojiData } from './data';
import { closePicker } from './open';
import styles from './Picker.module.css';
import { keepSkinTone, skinTone, used } from './recent';
import { type Cell, sectionsOf } from './sections';

const COLUMNS = 9;
const CELL = 40;
const HEADING = 28;
const tones = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

type Line = { heading: string } | { cells: Cell[]; from: number };

interface Props {
  guildId?: string;
  onPick: (emoji: ReactionEmoji) => void;
}

export function EmojiGrid({ guildId, onPick }: Props) {
  'use no memo'; // The virtualiser changes within.
  const { t } = useLingui();
  const data = useEmojiData();
  const [query, setQuery] = useState('');
  const [tone, setTone] = useState(skinTone);
  const [at, setAt] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    loadEmoji().catch(() => toast({ kind: 'error', text: t`The emoji could not be loaded.` }));
  }, [t]);
  const sections = sectionsOf(data, guildId, tone, query.trim());
  const lines: Line[] = [];
  const cells: Cell[] = [];
  const lineOf: number[] = [];
  for (const section of sections) {
    lines.push({ heading: section.title });
    for (let i = 0; i < section.cells.length; i += COLUMNS) {
      const part = section.cells.slice(i, i + COLUMNS);
      for (const _ of part) lineOf.push(lines.length);
      lines.push({ cells: part, from: cells.length });
      cells.push(...part);
    }
  }
  const index = Math.min(at, cells.length - 1);
  const current = cells[index];
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (lines[i] && 'heading' in lines[i] ? HEADING : CELL),
    overscan: 4,
  });
  const go = (to: number) => {
    const next = Math.max(0, Math.min(cells.length - 1, to));
    setAt(next);
    virtualizer.scrollToIndex(lineOf[next] ?? 0);
  };
  const pick = (cell: Cell | undefined, stay: boolean) => {
    if (!cell) return;
    if (cell.reason) return void toast({ kind: 'info', text: cell.reason });
    used(cell.key);
    onPick(cell.emoji);
    if (!stay) closePicker();
  };
  /** One row further in the same column, over headings and short rows. */
  const vertical = (by: 1 | -1) => {
    const line = lineOf[index] ?? 0;
    const here = lines[line];
    const column = here && 'cells' in here ? index - here.from : 0;
    for (let i = line + by; i >= 0 && i < lines.length; i += by) {
      const other = lines[i];
      if (other && 'cells' in other) return go(other.from + Math.min(column, other.cells.length - 1));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const toEnd = document.documentElement.dir === 'rtl' ? -1 : 1;
    const inText = query !== '' && !event.ctrlKey;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => vertical(1),
      ArrowUp: () => vertical(-1),
      ArrowRight: inText ? undefined : () => go(index + toEnd),
      ArrowLeft: inText ? undefined : () => go(index - toEnd),
      PageDown: () => go(index + 6 * COLUMNS),
      PageUp: () => go(index - 6 * COLUMNS),
      Enter: () => pick(current, event.shiftKey),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field move in the grid below it
    <div className={styles.body} onKeyDown={onKeyDown}>
      <div className={styles.search}>
        <SearchField
          label={t`Search emoji`}
          value={query}
          autoFocus
          onChange={(value) => {
            setQuery(value);
            setAt(0);
          }}
        />
        <button
          type="button"
          className={styles.tone}
          aria-label={t`Skin tone`}
          onClick={() => {
            const next = (tone + 1) % tones.length;
            setTone(next);
            keepSkinTone(next);
          }}
        >
          {tones[tone]}
        </button>
      </div>
      {cells.length === 0 && data ? (
        <EmptyState title={t`Nothing found`} text={t`Try another word.`} />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: rows are placed absolutely, which tables forbid
        <div
          ref={scroller}
          className={styles.scroller}
          role="grid"
          aria-label={t`Emoji`}
          aria-colcount={COLUMNS}
        >
          <div className={styles.all} style={{ blockSize: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const line = lines[item.index];
              if (!line) return null;
              return (
                // biome-ignore lint/a11y/useSemanticElements: see above
                // biome-ignore lint/a11y/useFocusableInteractive: the cells hold the focus
                <div
                  key={item.key}
                  role="row"
                  className={styles.line}
                  style={{ transform: `translateY(${item.start}px)`, blockSize: item.size }}
                >
                  {'heading' in line ? (
                    // biome-ignore lint/a11y/useFocusableInteractive: a heading is not chosen
                    // biome-ignore lint/a11y/useSemanticElements: see above
                    <span role="rowheader" className={cx(styles.heading, looks.truncated)}>
                      {line.heading}
                    </span>
                  ) : (
                    line.cells.map((cell, i) => (
                      // biome-ignore lint/a11y/useSemanticElements: see above
                      <button
                        key={cell.key}
                        type="button"
                        role="gridcell"
                        tabIndex={line.from + i === index ? 0 : -1}
                        aria-label={cell.label}
                        aria-disabled={cell.reason !== undefined || undefined}
                        className={cx(styles.cell, line.from + i === index && styles.current)}
                        onPointerEnter={() => setAt(line.from + i)}
                        onFocus={() => setAt(line.from + i)}
                        onClick={(event) => pick(cell, event.shiftKey)}
                      >
                        {cell.src ? (
                          <img src={cell.src} alt="" width={28} height={28} loading="lazy" />
                        ) : (
                          <span aria-hidden>{cell.emoji.name}</span>
                        )}
                      </button>
                    ))
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <div className={styles.preview} aria-hidden>
        {current ? (
          <>
            {current.src ? (
              <img src={current.src} alt="" width={28} height={28} />
            ) : (
              <span>{current.emoji.name}</span>
            )}
            <bdi>{current.label}</bdi>
            <bdi className={styles.origin}>{current.reason ?? current.origin}</bdi>
          </>
        ) : null}
      </div>
    </div>
  );
}
