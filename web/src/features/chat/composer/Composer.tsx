import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { formatNumber } from '#/i18n';
import { Bit } from '#/model/permissions';
import {
  type Draft,
  draft as draftOf,
  limit,
  type Outgoing,
  send,
  startTyping,
  useChannel,
  useDraft,
  useMe,
  usePermissions,
} from '#/store';
import { confirm, cx, preferences, toast } from '#/ui';
import { later, soon } from '#/ui/later';
import { refused, rightsOn, toggleReaction } from '../actions';
import { newest, newestWaiting } from '../loaded';
import { offer, pane, startEditing, stopSelecting } from '../state';
import { Attach, SendButton, Tools } from './Buttons';
import styles from './Composer.module.css';
import { coarse, Editor, type EditorHandle } from './Editor';
import { sentNow, useSlowmode } from './slowmode';

const ReplyBar = later(() => import('./ReplyBar').then((part) => part.ReplyBar));
const Tray = later(() => import('./Tray').then((part) => part.Tray));
const VoiceRecorder = later(() => import('./VoiceRecorder').then((part) => part.VoiceRecorder));
const commands = () => import('./commands');
const everyone = () => import('./everyone');
const filing = () => import('./files');
for (const load of [commands, everyone, filing]) soon(load);

interface Props {
  channelId: string;
  guildId?: string;
}

const TYPING = 8000;
const COUNTED = 200;

export function Composer({ channelId, guildId }: Props) {
  const { t } = useLingui();
  const [draft, setDraft] = useDraft(channelId);
  const [recording, setRecording] = useState(false);
  const channel = useChannel(channelId);
  const me = useMe();
  const may = usePermissions(guildId, channelId);
  const mayAttach = !guildId || may.has(Bit.ATTACH_FILES);
  const slow = useSlowmode(channelId, guildId);
  const editor = useRef<EditorHandle | null>(null);
  const typed = useRef(0);
  const id = useId();
  const most = limit('max_message_length') || 2000;
  const left = most - draft.text.length;
  const filled = draft.text.trim() !== '' || draft.files.length > 0 || (draft.stickers?.length ?? 0) > 0;

  // Of the draft as it is, not as it was drawn: several changes may come before the next drawing.
  const update = (patch: Partial<Draft>) =>
    setDraft({ ...draftOf(channelId), ...patch, changed: Date.now() });
  const clear = () => {
    setDraft({ text: '', files: [], changed: Date.now() });
    editor.current?.set('');
    typed.current = 0;
  };

  const onText = (text: string) => {
    if (text === draftOf(channelId).text) return;
    update({ text });
    const now = Date.now();
    if (text.trim() && !text.startsWith('/') && now - typed.current > TYPING) {
      typed.current = now;
      startTyping(channelId);
    }
  };

  const addFiles = useEffectEvent(async (files: readonly File[], atOnce = false) => {
    if (!mayAttach) return void toast({ kind: 'error', text: t`You may not attach files here.` });
    const taken = await (await filing()).takeFiles(files, draft.files.length);
    if (taken.length === 0) return;
    if (atOnce) deliver({ content: '', files: taken });
    else update({ files: [...draftOf(channelId).files, ...taken] });
    editor.current?.focus();
  });

  const deliver = (outgoing: Outgoing) => {
    send(channelId, outgoing);
    sentNow(channelId);
    stopSelecting(channelId);
    pane(channelId).toPresent?.();
  };

  const submit = async () => {
    const text = (editor.current?.get() ?? draft.text).trim();
    if (!text && !filled) return;
    if (slow.left > 0) return;
    // `+:name:` alone reacts to the newest message.
    const reaction =
      // biome-ignore lint/suspicious/noMisleadingCharacterClass: joined emoji are meant
      /^\+(?:<a?:(\w+):(\d+)>|:?(\p{Extended_Pictographic}[\p{M}\p{Extended_Pictographic}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]*))$/u.exec(
        text,
      );
    const target = reaction && newest(channelId, () => true);
    if (reaction && target) {
      clear();
      void toggleReaction(
        target,
        reaction[2] ? { name: reaction[1] as string, id: reaction[2] } : { name: reaction[3] as string },
      );
      return;
    }
    if (text.length > most) return offerFile(text);
    const outgoing: Outgoing = {
      content: text,
      reply: draft.reply,
      files: draft.files,
      stickers: draft.stickers,
    };
    if (
      /@(?:everyone|here)/.test(text) &&
      !(await (await everyone()).announceEveryone(text, guildId, channelId))
    )
      return;
    try {
      const ran = text.startsWith('/') ? await (await commands()).runCommand(outgoing, guildId) : null;
      if (ran && !ran.outgoing) return clear();
      clear();
      deliver(ran?.outgoing ?? outgoing);
    } catch (error) {
      refused(error, t`The command did not work.`);
    }
  };

  const offerFile = async (text: string) => {
    const yes = await confirm({
      title: t`Too long for one message`,
      body: t`It has ${formatNumber(text.length)} characters; ${formatNumber(most)} are allowed. It can go as a text file.`,
      action: t`Send as file`,
    });
    if (!yes) return;
    const [file] = await (await filing()).takeFiles(
      [new File([text], 'message.txt', { type: 'text/plain' })],
      draft.files.length,
    );
    if (!file) return;
    clear();
    deliver({ content: '', reply: draft.reply, files: [...draft.files, file] });
  };

  const restore = useEffectEvent((outgoing: Outgoing) => {
    const text = [outgoing.content, draft.text].filter(Boolean).join('\n');
    setDraft({
      text,
      reply: outgoing.reply ?? draft.reply,
      files: [...(outgoing.files ?? []), ...draft.files],
      stickers: outgoing.stickers,
      changed: Date.now(),
    });
    editor.current?.set(text);
    editor.current?.focus();
  });
  const reply = useEffectEvent((messageId: string, own: boolean) => {
    update({ reply: { messageId, mention: preferences().replyMention && !own } });
    editor.current?.focus();
  });
  // Changed elsewhere: another tab, something shared.
  const take = useEffectEvent(() => {
    const { text } = draftOf(channelId);
    if (editor.current && editor.current.get() !== text) editor.current.set(text);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever the text is another
  useEffect(() => take(), [draft.text]);
  useEffect(
    () =>
      offer(channelId, {
        focusComposer: () => editor.current?.focus(),
        insert: (text, wire) => editor.current?.insert(text, wire),
        reply: (message) => reply(message.id, message.author.id === me?.id),
        restore: (outgoing) => restore(outgoing),
        files: (files, atOnce) => void addFiles(files, atOnce),
      }),
    [channelId, me?.id],
  );

  const onEmptyKey = (key: string) => {
    if (key !== 'ArrowUp') return false;
    const waiting = newestWaiting(channelId);
    if (waiting) {
      startEditing(channelId, waiting);
      return true;
    }
    const own = newest(channelId, ({ message }) => rightsOn(message).edit);
    if (!own) return false;
    startEditing(channelId, own.id);
    pane(channelId).reveal?.(own.id);
    return true;
  };
  const onEscape = () => {
    if (!draft.reply) return false;
    update({ reply: undefined });
    return true;
  };

  const place = channel?.name
    ? `#${channel?.name}`
    : (channel?.recipients?.map((one) => one.global_name || one.username).join(', ') ?? '');
  const name = channel?.type === 1 ? `@${place}` : place;
  const placeholder = channel?.type === 999 ? t`Write a note` : t`Message ${name}`;
  if (recording) {
    return (
      <VoiceRecorder
        onClose={() => setRecording(false)}
        send={(file) => {
          setRecording(false);
          deliver({ content: '', files: [file], flags: 8192, reply: draft.reply });
          if (draft.reply) update({ reply: undefined });
        }}
      />
    );
  }
  return (
    <form
      className={styles.composer}
      aria-label={t`Write a message`}
      data-region="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {draft.reply ? (
        <ReplyBar
          channelId={channelId}
          guildId={guildId}
          reply={draft.reply}
          change={(next) => update({ reply: next })}
        />
      ) : null}
      <div className={cx(styles.box, draft.reply && styles.joined)}>
        {draft.files.length ? <Tray files={draft.files} change={(files) => update({ files })} /> : null}
        <div className={styles.line}>
          <Attach
            channelId={channelId}
            guildId={guildId}
            may={mayAttach}
            onFiles={(files) => void addFiles(files)}
            onVoice={() => setRecording(true)}
            draft={draft}
            onScheduled={clear}
          />
          <Editor
            key={channelId}
            channelId={channelId}
            guildId={guildId}
            label={placeholder}
            placeholder={placeholder}
            initial={draft.text}
            onChange={onText}
            onSubmit={submit}
            onEscape={onEscape}
            onEmptyKey={onEmptyKey}
            onFiles={(files) => void addFiles(files)}
            handle={(handle) => {
              editor.current = handle;
            }}
            autoFocus={!coarse()}
            describedBy={left <= COUNTED ? `${id}-left` : undefined}
          />
          {left <= COUNTED ? (
            <span
              id={`${id}-left`}
              className={cx(styles.left, left < 0 && styles.over)}
              role={left < 0 ? 'alert' : undefined}
            >
              {formatNumber(left)}
            </span>
          ) : null}
          <Tools
            channelId={channelId}
            guildId={guildId}
            insert={(text, wire) => editor.current?.insert(text, wire)}
            sendGif={(url) => deliver({ content: url, reply: draft.reply })}
            sendSaved={(id) => deliver({ content: '', favoriteMemeId: id, reply: draft.reply })}
            sendSticker={(stickerId) => deliver({ content: '', stickers: [stickerId], reply: draft.reply })}
          />
          <SendButton slow={slow} ready={filled} />
        </div>
      </div>
    </form>
  );
}
