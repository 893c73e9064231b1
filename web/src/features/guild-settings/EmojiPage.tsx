import { Trans, useLingui } from '@lingui/react/macro';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { emojiUrl } from '#/model/media';
import { Bit } from '#/model/permissions';
import { limit, useMe, usePermissions } from '#/store';
import { confirm, Dropzone, EmptyState, IconButton, TextField, toast } from '#/ui';
import { nameFrom, picture } from './expressions';
import css from './guild.module.css';
import { useGuildId } from './hooks';

type Emoji = Answer<'GET /guilds/{guild_id}/emojis'>[number];

export default function EmojiPage() {
  const { t } = useLingui();
  const guildId = useGuildId();
  const me = useMe();
  const may = usePermissions(guildId);
  const { run } = useRun();
  const path = { guild_id: guildId };
  const list = useLoad(() => api('GET /guilds/{guild_id}/emojis', { path }));
  const mine = (emoji: Emoji) =>
    may.has(Bit.MANAGE_EXPRESSIONS) || (may.has(Bit.CREATE_EXPRESSIONS) && emoji.user.id === me?.id);

  const add = (files: File[]) =>
    run(async () => {
      const emojis = await Promise.all(
        files.slice(0, 50).map(async (file) => ({
          name: nameFrom(file.name),
          image: await picture(file, 128, 380 * 1024),
        })),
      );
      const { success, failed } = await api('POST /guilds/{guild_id}/emojis/bulk', {
        path,
        body: { emojis },
      });
      for (const { name, error } of failed) toast({ kind: 'error', text: `${name}: ${error}` });
      if (success.length > 0) list.reload();
    });
  const erase = async (emoji: Emoji) => {
    const yes = await confirm({
      title: t`Delete :${emoji.name}:?`,
      body: <p>{t`Messages that use it show its name instead.`}</p>,
      action: t`Delete`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /guilds/{guild_id}/emojis/{emoji_id}', { path: { ...path, emoji_id: emoji.id } });
      list.set((list.data ?? []).filter(({ id }) => id !== emoji.id));
    });
  };
  const rename = (emoji: Emoji, name: string) =>
    run(async () => {
      await api('PATCH /guilds/{guild_id}/emojis/{emoji_id}', {
        path: { ...path, emoji_id: emoji.id },
        body: { name },
      });
      list.set((list.data ?? []).map((one) => (one.id === emoji.id ? { ...one, name } : one)));
    });

  return (
    <>
      {may.has(Bit.CREATE_EXPRESSIONS) && (
        <Dropzone
          label={t`Add emoji`}
          hint={t`Drop as many as you like. They are named after their files and made small by themselves.`}
          accept="image/*"
          multiple
          onFiles={(files) => void add(files)}
        />
      )}
      <Loaded of={list}>
        {(emojis) => {
          const still = emojis.filter(({ animated }) => !animated);
          const moving = emojis.filter(({ animated }) => animated);
          if (emojis.length === 0)
            return (
              <EmptyState title={t`No emoji yet`} text={t`Those you add can be used here by everybody.`} />
            );
          const part = (title: string, some: Emoji[], most: number) =>
            some.length > 0 && (
              <Section
                title={title}
                hint={most > 0 ? <Trans>{Math.max(0, most - some.length)} places left</Trans> : undefined}
              >
                <ul className={css.tiles}>
                  {some.map((emoji) => (
                    <Tile
                      key={emoji.id}
                      emoji={emoji}
                      locked={!mine(emoji)}
                      onRename={(name) => void rename(emoji, name)}
                      onDelete={() => void erase(emoji)}
                    />
                  ))}
                </ul>
              </Section>
            );
          return (
            <>
              {part(t`Still`, still, limit('max_guild_emojis_static'))}
              {part(t`Animated`, moving, limit('max_guild_emojis_animated'))}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

interface TileProps {
  emoji: Emoji;
  locked: boolean;
  onRename: (name: string) => void;
  onDelete: () => void;
}

function Tile({ emoji, locked, onRename, onDelete }: TileProps) {
  const { t } = useLingui();
  const [name, setName] = useState(emoji.name);
  const save = () => {
    if (name !== emoji.name && name.length >= 2) onRename(name);
    else setName(emoji.name);
  };
  return (
    <li className={css.tile}>
      <img src={emojiUrl(emoji.id, emoji.animated, 40)} alt="" width={40} height={40} loading="lazy" />
      <div>
        {locked ? (
          <p>:{emoji.name}:</p>
        ) : (
          <TextField
            label={t`Name of ${emoji.name}`}
            hideLabel
            dir="ltr"
            maxLength={32}
            value={name}
            onChange={(text) => setName(text.replace(/\W/g, ''))}
            onBlur={save}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
        <span className={css.quiet}>
          <bdi>{emoji.user.global_name ?? emoji.user.username}</bdi>
        </span>
      </div>
      {!locked && (
        <IconButton size="s" label={t`Delete ${emoji.name}`} icon={<Trash2 size={16} />} onClick={onDelete} />
      )}
    </li>
  );
}
