import { useLingui } from '@lingui/react/macro';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { Section } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { stickerUrl } from '#/model/media';
import { Bit } from '#/model/permissions';
import { useMe, usePermissions } from '#/store';
import { confirm, Dropzone, EmptyState, FormDialog, IconButton, TextField, toast } from '#/ui';
import { nameFrom, picture } from './expressions';
import css from './guild.module.css';
import { useGuildId } from './hooks';

type Sticker = Answer<'GET /guilds/{guild_id}/stickers'>[number];

export default function StickerPage() {
  const { t } = useLingui();
  const guildId = useGuildId();
  const me = useMe();
  const may = usePermissions(guildId);
  const { run } = useRun();
  const [edited, setEdited] = useState<Sticker | null>(null);
  const path = { guild_id: guildId };
  const list = useLoad(() => api('GET /guilds/{guild_id}/stickers', { path }));
  const add = (files: File[]) =>
    run(async () => {
      const stickers = await Promise.all(
        files.slice(0, 20).map(async (file) => ({
          name: nameFrom(file.name).slice(0, 30),
          image: await picture(file, 320, 500 * 1024),
        })),
      );
      const { success, failed } = await api('POST /guilds/{guild_id}/stickers/bulk', {
        path,
        body: { stickers },
      });
      for (const { name, error } of failed) toast({ kind: 'error', text: `${name}: ${error}` });
      if (success.length > 0) list.reload();
    });
  const erase = async (sticker: Sticker) => {
    const yes = await confirm({
      title: t`Delete ${sticker.name}?`,
      body: <p>{t`It cannot be sent any more; sent ones stay.`}</p>,
      action: t`Delete`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /guilds/{guild_id}/stickers/{sticker_id}', {
        path: { ...path, sticker_id: sticker.id },
      });
      list.set((list.data ?? []).filter(({ id }) => id !== sticker.id));
    });
  };
  return (
    <>
      {may.has(Bit.CREATE_EXPRESSIONS) && (
        <Dropzone
          label={t`Add stickers`}
          hint={t`Square pictures of 320 pixels look best. Words that find them are added afterwards.`}
          accept="image/*"
          multiple
          onFiles={(files) => void add(files)}
        />
      )}
      <Loaded of={list}>
        {(stickers) =>
          stickers.length === 0 ? (
            <EmptyState title={t`No stickers yet`} text={t`Those you add can be sent here by everybody.`} />
          ) : (
            <Section>
              <ul className={css.tiles}>
                {stickers.map((sticker) => {
                  const mine = may.has(Bit.MANAGE_EXPRESSIONS) || sticker.user.id === me?.id;
                  return (
                    <li key={sticker.id} className={css.tile}>
                      <img
                        src={stickerUrl(sticker.id, sticker.animated, 72)}
                        alt={sticker.description || sticker.name}
                        width={72}
                        height={72}
                        loading="lazy"
                      />
                      <div>
                        <p>
                          <bdi>{sticker.name}</bdi>
                        </p>
                        <span className={css.quiet}>{sticker.tags.join(', ')}</span>
                      </div>
                      {mine && (
                        <>
                          <IconButton
                            size="s"
                            label={t`Edit ${sticker.name}`}
                            icon={<Pencil size={16} />}
                            onClick={() => setEdited(sticker)}
                          />
                          <IconButton
                            size="s"
                            label={t`Delete ${sticker.name}`}
                            icon={<Trash2 size={16} />}
                            onClick={() => void erase(sticker)}
                          />
                        </>
                      )}
                    </li>
                  );
                })}
              </ul>
            </Section>
          )
        }
      </Loaded>
      {edited && (
        <Edit
          sticker={edited}
          onClose={() => setEdited(null)}
          onSave={(body) =>
            run(async () => {
              await api('PATCH /guilds/{guild_id}/stickers/{sticker_id}', {
                path: { ...path, sticker_id: edited.id },
                body,
              });
              list.reload();
              setEdited(null);
            })
          }
        />
      )}
    </>
  );
}

interface EditProps {
  sticker: Sticker;
  onClose: () => void;
  onSave: (body: { name: string; description: string | null; tags: string[] }) => Promise<unknown>;
}

function Edit({ sticker, onClose, onSave }: EditProps) {
  const { t } = useLingui();
  const [name, setName] = useState(sticker.name);
  const [description, setDescription] = useState(sticker.description);
  const [tags, setTags] = useState(sticker.tags.join(', '));
  const words = () =>
    tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
      .slice(0, 10);
  return (
    <FormDialog
      size="s"
      title={t`Edit sticker`}
      onClose={onClose}
      onSubmit={() =>
        void onSave({ name: name.trim(), description: description.trim() || null, tags: words() })
      }
      action={t`Save`}
    >
      <TextField label={t`Name`} maxLength={30} required value={name} onChange={setName} />
      <TextField
        label={t`What is seen`}
        hint={t`Read out to people who cannot see it.`}
        maxLength={500}
        value={description}
        onChange={setDescription}
      />
      <TextField
        label={t`Words that find it`}
        hint={t`Separated by commas`}
        value={tags}
        onChange={setTags}
      />
    </FormDialog>
  );
}
