import { plural } from '@lingui/core/macro';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useEmojiData } from '#/features/emoji/data';
import { announce } from '#/ui';
import { soon } from '#/ui/later';
import type { Model } from './model';
import { type Place, type Suggestion, type Trigger, triggerAt } from './trigger';

export interface SuggestionBox {
  open: boolean;
  trigger: Trigger | null;
  items: Suggestion[];
  index: number;
  setIndex: (index: number) => void;
  close: () => void;
  onKey: (event: KeyboardEvent, choose: (suggestion: Suggestion) => void) => boolean;
}

const WAIT = 120;

/** What finds them comes after the first view, or with the first sign that asks for it. */
let finder: typeof import('./suggest') | undefined;
const load = async () => {
  finder ??= await import('./suggest');
};
soon(load);

/** The suggestions at the caret. What the server adds later never moves the highlight. */
export function useSuggestions(model: Model, caret: number, place: Place): SuggestionBox {
  const trigger = caret < 0 ? null : triggerAt(model.text, caret);
  const inToken =
    trigger && model.tokens.some((token) => token.start <= trigger.start && token.end > trigger.start);
  const key = trigger && !inToken ? `${trigger.kind}${trigger.start}` : null;
  const query = trigger?.query ?? '';
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [chosen, setChosen] = useState<{ of: string; item: string } | null>(null);
  const [found, setFound] = useState<{ of: string; ids: readonly string[] }>({ of: '', ids: [] });
  const [loaded, setLoaded] = useState(finder !== undefined);
  const known = useEmojiData();
  useEffect(() => {
    if (key && !loaded) void load().then(() => setLoaded(true));
  }, [key, loaded]);
  const { channelId, guildId } = place;
  useEffect(() => {
    if (!key?.startsWith('@') || !query) return;
    let gone = false;
    const timer = setTimeout(async () => {
      const asked = { kind: '@' as const, start: 0, query };
      await load();
      const ids = await finder?.remote(asked, { channelId, guildId }).catch(() => []);
      if (!gone) setFound({ of: query, ids: ids ?? [] });
    }, WAIT);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key, query, channelId, guildId]);
  const active = key !== null && key !== dismissed;
  const items =
    active && trigger && loaded && finder ? finder.suggestions(trigger, place, found.ids, known) : [];
  const open = items.length > 0;
  const count = items.length;
  const kept = chosen?.of === `${key}${query}` ? items.findIndex((item) => item.key === chosen.item) : -1;
  const index = Math.max(0, kept);
  useEffect(() => {
    if (open) announce(plural(count, { one: '# suggestion', other: '# suggestions' }), 'polite');
  }, [open, count]);
  const setIndex = (next: number) => {
    const item = items[(next + items.length) % items.length];
    if (item) setChosen({ of: `${key}${query}`, item: item.key });
  };
  const close = () => setDismissed(key);
  return {
    open,
    trigger,
    items,
    index,
    setIndex,
    close,
    onKey(event, choose) {
      if (!open) return false;
      const item = items[index];
      const move: Record<string, (() => void) | undefined> = {
        ArrowDown: () => setIndex(index + 1),
        ArrowUp: () => setIndex(index - 1),
        Escape: close,
        Tab: event.shiftKey ? undefined : () => item && choose(item),
        Enter: event.shiftKey ? undefined : () => item && choose(item),
      };
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : move[event.key];
      // A command that is complete is sent by Enter, not written once more.
      if (!act || (event.key === 'Enter' && trigger?.kind === '/' && item?.label === model.text.trim()))
        return false;
      event.preventDefault();
      event.stopPropagation();
      act();
      return true;
    },
  };
}
