import { useLingui } from '@lingui/react/macro';
import { useSettings } from '#/store';
import { Segmented, Switch, TextField, usePreferences } from '#/ui';
import { PageSkeleton, Section } from './Frame';
import { keep, useSave } from './form';

export default function Chat() {
  const { t } = useLingui();
  const look = usePreferences();
  const settings = useSettings();
  const save = useSave();
  if (!settings) return <PageSkeleton />;
  const buttons = [
    { id: 'emoji', label: t`Emoji` },
    { id: 'sticker', label: t`Stickers` },
    { id: 'gif', label: t`GIFs` },
    { id: 'voice', label: t`Voice message` },
  ];
  return (
    <>
      <Section title={t`What messages show`} lines>
        <Switch
          label={t`Link previews`}
          checked={settings.render_embeds}
          onChange={(render_embeds) => save({ render_embeds })}
        />
        <Switch
          label={t`Pictures and videos from links`}
          checked={settings.inline_embed_media}
          onChange={(inline_embed_media) => save({ inline_embed_media })}
        />
        <Switch
          label={t`Uploaded pictures and videos`}
          checked={settings.inline_attachment_media}
          onChange={(inline_attachment_media) => save({ inline_attachment_media })}
        />
        <Switch
          label={t`Reactions`}
          checked={settings.render_reactions}
          onChange={(render_reactions) => save({ render_reactions })}
        />
      </Section>
      <Section title={t`Spoilers`}>
        <Segmented
          label={t`Show spoilers`}
          options={[
            { value: 1, label: t`On click` },
            { value: 2, label: t`Where I moderate` },
            { value: 0, label: t`Always` },
          ]}
          value={settings.render_spoilers}
          onChange={(value) => save({ render_spoilers: value as 0 })}
        />
      </Section>
      <Section title={t`Writing`}>
        <Segmented
          label={t`Send with`}
          hideLabel={false}
          options={[
            { value: 'enter', label: t`Enter` },
            { value: 'mod+enter', label: t`Ctrl or Cmd + Enter` },
          ]}
          value={look.sendKey}
          onChange={(sendKey) => keep({ sendKey })}
        />
        <div>
          <Switch
            label={t`Mention in replies`}
            hint={t`The person you answer is notified, unless you turn it off in the reply.`}
            checked={look.replyMention}
            onChange={(replyMention) => keep({ replyMention })}
          />
        </div>
      </Section>
      <Section title={t`Buttons beside the text field`} lines>
        {buttons.map(({ id, label }) => (
          <Switch
            key={id}
            label={label}
            checked={look.composerButtons.includes(id)}
            onChange={(on) =>
              keep({
                composerButtons: on
                  ? [...look.composerButtons, id]
                  : look.composerButtons.filter((one) => one !== id),
              })
            }
          />
        ))}
      </Section>
      <Section title={t`Quick reactions`} hint={t`Three emoji that stand ready at each message.`}>
        <div style={{ display: 'flex', gap: 'var(--space-8)' }}>
          {[0, 1, 2].map((i) => (
            <TextField
              key={i}
              label={t`Quick reaction ${i + 1}`}
              hideLabel
              style={{ inlineSize: 56, textAlign: 'center', fontSize: 20 }}
              value={look.quickReactions[i] ?? ''}
              onChange={(text) => {
                const last = [...new Intl.Segmenter().segment(text)].at(-1)?.segment ?? '';
                if (last && !/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(last)) return;
                const next = [...look.quickReactions];
                next[i] = last;
                keep({ quickReactions: next });
              }}
            />
          ))}
        </div>
      </Section>
      <Section title={t`Care`} lines>
        <Switch
          label={t`Ask before deleting a message`}
          hint={t`Shift skips the question.`}
          checked={look.confirmDelete}
          onChange={(confirmDelete) => keep({ confirmDelete })}
        />
        <Switch
          label={t`Ask before following links`}
          hint={t`Domains you trust are listed under Privacy.`}
          checked={look.warnLinks}
          onChange={(warnLinks) => keep({ warnLinks })}
        />
        <Switch
          label={t`Keep messages on this device`}
          hint={t`To read the newest ones without a connection. Wiped when you sign out.`}
          checked={look.storeMessages}
          onChange={(storeMessages) => keep({ storeMessages })}
        />
      </Section>
    </>
  );
}
