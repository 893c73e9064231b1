import { Trans, useLingui } from '@lingui/react/macro';
import { Folder, Hash, Link2, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { goTo } from '#/app/layout';
import { channelPath } from '#/app/links';
import { useAction } from '#/features/people/moderate';
import { Bit } from '#/model/permissions';
import { entity, list, me } from '#/store';
import { FormDialog, RadioCards, Select, Switch, TextField } from '#/ui';

type Type = 0 | 2 | 4 | 998;
type Props = { request: { guildId: string; parentId?: string; type?: number }; onClose: () => void };

export default function CreateChannel({ request, onClose }: Props) {
  const { t } = useLingui();
  const { guildId } = request;
  const [type, setType] = useState<Type>((request.type as Type | undefined) ?? 0);
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [parent, setParent] = useState(request.parentId ?? '');
  const [closed, setClosed] = useState(false);
  const { busy, error, act } = useAction(onClose);
  const category = type === 4;
  const categories = list('channels', guildId).filter((id) => entity('channels', id)?.type === 4);
  const link = /^https?:\/\/\S+\.\S+/i.test(url.trim());
  const ready = name.trim() && (type !== 998 || link);

  const create = () =>
    act(async () => {
      const view = String(Bit.VIEW_CHANNEL);
      const self = me()?.id;
      const overwrites = closed
        ? [
            { id: guildId, type: 0, allow: '0', deny: view },
            ...(self ? [{ id: self, type: 1, allow: view, deny: '0' }] : []),
          ]
        : undefined;
      const channel = await api('POST /guilds/{guild_id}/channels', {
        path: { guild_id: guildId },
        body: {
          type,
          name: name.trim(),
          parent_id: category ? undefined : parent || undefined,
          url: type === 998 ? url.trim() : undefined,
          permission_overwrites: overwrites,
        } as never,
      });
      if (channel.type === 0) goTo(channelPath(guildId, channel.id));
    });
  return (
    <FormDialog
      title={category ? <Trans>Create a category</Trans> : <Trans>Create a channel</Trans>}
      onClose={onClose}
      onSubmit={create}
      action={<Trans>Create</Trans>}
      busy={busy}
      disabled={!ready}
      error={error}
    >
      {request.type === undefined && (
        <RadioCards<Type>
          label={<Trans>Kind</Trans>}
          value={type}
          onChange={setType}
          options={[
            { value: 0, label: t`Text`, hint: t`Messages, pictures, files`, icon: <Hash size={20} /> },
            {
              value: 2,
              label: t`Voice`,
              hint: t`Talking, video, sharing a screen`,
              icon: <Volume2 size={20} />,
            },
            { value: 998, label: t`Link`, hint: t`Leads to a page elsewhere`, icon: <Link2 size={20} /> },
            { value: 4, label: t`Category`, hint: t`Holds channels together`, icon: <Folder size={20} /> },
          ]}
        />
      )}
      <TextField
        label={<Trans>Name</Trans>}
        placeholder={type === 0 ? t`new-channel` : ''}
        maxLength={100}
        required
        data-autofocus=""
        value={name}
        onChange={setName}
      />
      {type === 998 && (
        <TextField
          label={<Trans>Address</Trans>}
          type="url"
          dir="ltr"
          placeholder="https://"
          value={url}
          error={url && !link ? t`An address begins with https:// or http://.` : undefined}
          onChange={setUrl}
        />
      )}
      {!category && categories.length > 0 && (
        <Select
          label={<Trans>Category</Trans>}
          value={parent}
          onChange={setParent}
          options={[
            { value: '', label: t`None` },
            ...categories.map((id) => ({ value: id, label: entity('channels', id)?.name ?? '' })),
          ]}
        />
      )}
      <Switch
        label={<Trans>Private</Trans>}
        hint={<Trans>Only you see it until you let roles or people in.</Trans>}
        checked={closed}
        onChange={setClosed}
      />
    </FormDialog>
  );
}
