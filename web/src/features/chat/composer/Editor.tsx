import {
  type ClipboardEvent,
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { used } from '#/features/emoji/recent';
import { entity } from '#/store';
import { cx, preferences } from '#/ui';
import { later } from '#/ui/later';
import styles from './Editor.module.css';
import { Mirror } from './Mirror';
import { continueLine, type Edit, inFence, pasteLink, toggleMark } from './marks';
import { change, fromWire, type Model, tokenBefore, toWire, withToken } from './model';
import type { Suggestion } from './trigger';
import { useSuggestions } from './useSuggestions';

const SuggestionList = later(() => import('./SuggestionList').then((part) => part.SuggestionList));

export interface EditorHandle {
  focus(): void;
  /** Puts text, or a token with its name, at the caret. */
  insert(text: string, wire?: string): void;
  set(wire: string): void;
  get(): string;
}

interface Props {
  channelId: string;
  guildId?: string;
  label: string;
  placeholder?: string;
  /** In the form of the wire. */
  initial: string;
  onChange: (wire: string) => void;
  onSubmit: () => void;
  /** Esc, when nothing of the field's own was open. */
  onEscape?: () => boolean;
  /** A key in an empty field. */
  onEmptyKey?: (key: string) => boolean;
  onFiles?: (files: File[]) => void;
  handle: (handle: EditorHandle | null) => void;
  disabled?: boolean;
  autoFocus?: boolean;
  describedBy?: string;
}

/** How a token of the wire reads in the field. */
export function nameOfToken(token: string, guildId?: string): string | undefined {
  const id = /(\d+)>$/.exec(token)?.[1];
  if (!id) return undefined;
  if (token.startsWith('<@&')) {
    const role = entity('roles', id);
    return role && `@${role.name}`;
  }
  if (token.startsWith('<@')) {
    const nick = guildId ? entity('members', `${guildId}:${id}`)?.nick : undefined;
    const user = entity('users', id);
    return user && `@${nick || user.global_name || user.username}`;
  }
  if (token.startsWith('<#')) {
    const channel = entity('channels', id);
    return channel?.name ? `#${channel.name}` : undefined;
  }
  return /<a?(:\w+:)\d+>/.exec(token)?.[1];
}

/** A native field with a painted layer below it: screen readers, input methods, spelling and undo are the browser's. */
export function Editor(props: Props) {
  const { channelId, guildId, label, placeholder, disabled, autoFocus } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [model, setModel] = useState<Model>(() =>
    fromWire(props.initial, (token) => nameOfToken(token, guildId)),
  );
  const now = useRef(model);
  const labels = useRef(new Map<string, string>());
  const coming = useRef<{ start: number; wire: string; label: string } | null>(null);
  const [caret, setCaret] = useState(-1);
  const id = useId();
  const box = useSuggestions(model, caret, { channelId, guildId });

  const put = (next: Model) => {
    now.current = next;
    for (const token of next.tokens) labels.current.set(next.text.slice(token.start, token.end), token.wire);
    setModel(next);
    props.onChange(toWire(next));
  };

  const onInput = () => {
    const element = field.current;
    if (!element) return;
    let next = change(now.current, element.value, element.selectionEnd, labels.current);
    const token = coming.current;
    if (token && element.value.startsWith(token.label, token.start)) {
      next = withToken(next, { start: token.start, end: token.start + token.label.length, wire: token.wire });
    }
    coming.current = null;
    put(next);
    setCaret(element.selectionEnd);
  };

  /** Changes the field as typing would, so that undo takes it back. */
  const apply = ({ start, end, text, select }: Edit) => {
    const element = field.current;
    if (!element) return;
    element.focus();
    element.setSelectionRange(start, end);
    const done = text ? document.execCommand('insertText', false, text) : document.execCommand('delete');
    if (!done) {
      element.setRangeText(text, start, end, 'end');
      onInput();
    }
    element.setSelectionRange(...select);
    setCaret(select[1]);
  };

  const insert = (text: string, wire?: string, from?: number) => {
    const element = field.current;
    if (!element) return;
    const start = from ?? element.selectionStart;
    const end = element.selectionEnd;
    const before = element.value[start - 1];
    const lead = from === undefined && wire && before && !/\s/.test(before) ? ' ' : '';
    if (wire) coming.current = { start: start + lead.length, wire, label: text };
    const whole = `${lead}${text}${wire || from !== undefined ? ' ' : ''}`;
    apply({ start, end, text: whole, select: [start + whole.length, start + whole.length] });
  };

  const choose = (suggestion: Suggestion) => {
    if (!box.trigger) return;
    used(
      suggestion.kind === 'person'
        ? `@${suggestion.id}`
        : suggestion.kind === 'channel'
          ? `#${suggestion.id}`
          : suggestion.key,
    );
    insert(suggestion.label, suggestion.wire, box.trigger.start);
    box.close();
  };

  const set = (wire: string) => {
    const next = fromWire(wire, (token) => nameOfToken(token, guildId));
    if (field.current) field.current.value = next.text;
    put(next);
    field.current?.setSelectionRange(next.text.length, next.text.length);
  };

  const handle = useEffectEvent(() => ({
    focus: () => field.current?.focus(),
    insert,
    set,
    get: () => toWire(now.current),
  }));
  const offer = useEffectEvent((on: boolean) => props.handle(on ? handle() : null));
  useEffect(() => {
    offer(true);
    return () => offer(false);
  });

  useLayoutEffect(() => {
    const element = field.current;
    if (!element || !autoFocus) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);

  const scrolled = () => {
    if (mirror.current && field.current)
      mirror.current.style.transform = `translateY(${-field.current.scrollTop}px)`;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (box.onKey(event, choose)) return;
    const element = event.currentTarget;
    const { selectionStart: start, selectionEnd: end, value } = element;
    const mod = event.ctrlKey || event.metaKey;
    // Without a selection these keys are those of the inbox and the members.
    const mark = mod && !event.altKey && start !== end ? markOf(event) : undefined;
    if (mark) {
      event.preventDefault();
      apply(toggleMark(value, start, end, mark));
      return;
    }
    if (event.key === 'Enter') {
      const byMod = preferences().sendKey === 'mod+enter';
      const wantsBreak = event.shiftKey || (byMod ? !mod : mod ? false : inFence(value, start) || coarse());
      if (wantsBreak) {
        const edit = start === end ? continueLine(value, start) : null;
        if (edit) {
          event.preventDefault();
          apply(edit);
        }
        return;
      }
      event.preventDefault();
      props.onSubmit();
      return;
    }
    if (event.key === 'Backspace' && start === end && !mod && !event.altKey) {
      const token = tokenBefore(now.current, start);
      if (token) {
        event.preventDefault();
        apply({ start: token.start, end: token.end, text: '', select: [token.start, token.start] });
      }
      return;
    }
    if (event.key === 'Escape' && props.onEscape?.()) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (value === '' && !mod && !event.altKey && props.onEmptyKey?.(event.key)) event.preventDefault();
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files];
    const plain = event.clipboardData.getData('text/plain');
    const html = event.clipboardData.getData('text/html');
    if (files.length && props.onFiles && !(plain && html)) {
      event.preventDefault();
      props.onFiles(files);
      return;
    }
    const { selectionStart: start, selectionEnd: end, value } = event.currentTarget;
    const link = pasteLink(value, start, end, plain);
    if (link) {
      event.preventDefault();
      apply(link);
      return;
    }
    if (html && preferences().richPaste && formatted.test(html)) {
      event.preventDefault();
      void import('./richPaste').then(({ toMarkdown }) => {
        const at = field.current;
        const text = toMarkdown(html) || plain;
        if (at) apply({ start, end, text, select: [start + text.length, start + text.length] });
      });
    }
  };

  const follow = () => setCaret(field.current?.selectionEnd ?? -1);
  return (
    <div className={styles.editor}>
      <div className={styles.mirrorBox} aria-hidden="true">
        <div ref={mirror} className={styles.mirror} dir="auto">
          <Mirror model={model} />
        </div>
      </div>
      <textarea
        ref={field}
        className={cx(styles.field)}
        dir="auto"
        rows={1}
        defaultValue={model.text}
        placeholder={placeholder}
        aria-label={label}
        aria-describedby={props.describedBy}
        aria-autocomplete="list"
        aria-controls={box.open ? `${id}-list` : undefined}
        aria-activedescendant={box.open ? `${id}-${box.index}` : undefined}
        disabled={disabled}
        spellCheck
        autoCapitalize="sentences"
        enterKeyHint={coarse() ? 'enter' : 'send'}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onKeyUp={follow}
        onPointerUp={follow}
        onBlur={() => setCaret(-1)}
        onPaste={onPaste}
        onScroll={scrolled}
      />
      {box.open ? <SuggestionList id={id} box={box} choose={choose} /> : null}
    </div>
  );
}

/** Markup that says more than the plain text beside it. */
const formatted = /<(?:strong|b|em|i|u|s|del|strike|code|a\s[^>]*href|h[1-6]|li|blockquote)\b/i;
const pointer = typeof matchMedia === 'undefined' ? undefined : matchMedia('(pointer: coarse)');
export const coarse = () => pointer?.matches ?? false;

function markOf(event: KeyboardEvent): string | undefined {
  const key = event.key.toLowerCase();
  if (event.shiftKey) return key === 'x' ? '~~' : undefined;
  return ({ b: '**', i: '*', u: '__' } as Record<string, string>)[key];
}
