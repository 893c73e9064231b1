import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Hash, Search, Settings, Volume2, Zap } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { useLayout } from '#/app/layout';
import { GuildIcon } from '#/app/rail/GuildIcon';
import { entity } from '#/store';
import { Avatar, announce, KeyCap, Layer } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { type Candidate, find, gather } from './candidates';
import css from './Switcher.module.css';

function Sign({ of }: { of: Candidate }) {
  if (of.kind === 'person') {
    const user = entity('users', of.entity);
    return user ? <Avatar user={user} size={24} /> : <Avatar name={of.name} size={24} />;
  }
  if (of.kind === 'group') return <Avatar name={of.name} size={24} />;
  if (of.kind === 'community') {
    const guild = entity('guilds', of.entity);
    return guild ? <GuildIcon guild={guild} size={24} /> : null;
  }
  return { channel: <Hash />, voice: <Volume2 />, setting: <Settings />, action: <Zap /> }[of.kind];
}

export default function Switcher({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [all] = useState(gather);
  const [text, setText] = useState(() => useLayout.getState().switcher.query);
  const [at, setAt] = useState(0);
  const found = find(all, text);
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const count = found.length;
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(() => announce(plural(count, { one: '# result', other: '# results' })), 600);
    return () => clearTimeout(timer);
  }, [text, count]);

  const go = (one: Candidate | undefined, event: KeyboardEvent | MouseEvent) => {
    if (!one) return;
    onClose();
    if ((event.ctrlKey || event.metaKey) && one.path) window.open(one.path, '_blank', 'noopener');
    else queueMicrotask(one.go);
  };
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = Math.max(0, count - 1);
    const to = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setAt(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(chosen, event);
    }
  };
  const hints: [string, string][] = [
    ['@', t`people`],
    ['#', t`channels`],
    ['!', t`voice`],
    ['*', t`communities`],
    ['>', t`settings and actions`],
  ];
  return (
    <Layer kind="dialog" modal onClose={onClose}>
      <div className={css.scrim} onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
        <div className={css.box} role="dialog" aria-modal="true" aria-label={t`Quick switcher`}>
          <div className={css.field}>
            <Search aria-hidden="true" />
            <input
              ref={field}
              role="combobox"
              aria-label={t`Where to?`}
              aria-expanded={count > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              placeholder={t`Where to?`}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={key}
            />
          </div>
          {count > 0 ? (
            <div ref={list} id={`${id}-list`} className={css.list} role="listbox" aria-label={t`Results`}>
              {found.map((one, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                <div
                  key={one.id}
                  id={`${id}-${one.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={one === chosen}
                  className={css.option}
                  data-unread={one.unread || undefined}
                  onPointerMove={() => index !== at && setAt(index)}
                  onClick={(event) => go(one, event)}
                >
                  <span className={css.sign} aria-hidden="true">
                    <Sign of={one} />
                  </span>
                  <bdi className={cx(css.name, looks.truncated)}>{one.name}</bdi>
                  <bdi className={cx(css.detail, looks.truncated)}>{one.detail}</bdi>
                  {one.keys && <KeyCap keys={one.keys} />}
                  {one.mentions > 0 && (
                    <span className={looks.count}>{one.mentions > 99 ? '99+' : one.mentions}</span>
                  )}
                </div>
              ))}
            </div>
          ) : (
            <p className={css.none}>
              {text ? <Trans>Nothing by that name.</Trans> : <Trans>Type a name.</Trans>}
            </p>
          )}
          <p className={css.hints}>
            {hints.map(([sign, name]) => (
              <span key={sign}>
                <kbd>{sign}</kbd> {name}
              </span>
            ))}
          </p>
        </div>
      </div>
    </Layer>
  );
}
