import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { iconUrl } from '#/model/media';
import { useEntity, useMe } from '#/store';
import { Avatar, Button, confirm, FormDialog, IconButton, pickPicture, TextField } from '#/ui';
import css from './GroupDialog.module.css';
import { useAction } from './moderate';
import { displayName, groupName } from './names';

/** Name and picture of a group; its owner also takes people out and hands it on. */
export default function EditGroup({
  request,
  onClose,
}: {
  request: { channelId: string };
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { channelId } = request;
  const channel = useEntity('channels', channelId);
  const me = useMe()?.id;
  const [name, setName] = useState(channel?.name ?? '');
  const [icon, setIcon] = useState<string | null | undefined>(undefined);
  const { busy, error, act } = useAction(onClose);
  if (!channel) return null;
  const owns = channel.owner_id === me;
  const save = () =>
    act(() =>
      api('PATCH /channels/{channel_id}', {
        path: { channel_id: channelId },
        body: { name: name.trim() || null, ...(icon !== undefined ? { icon } : undefined) } as never,
      }),
    );
  const change = (body: object) =>
    api('PATCH /channels/{channel_id}', { path: { channel_id: channelId }, body: body as never });
  const remove = async (userId: string) => {
    const who = displayName(userId);
    await confirm({
      title: t`Take ${who} out of the group?`,
      action: t`Take out`,
      danger: true,
      run: () =>
        api('DELETE /channels/{channel_id}/recipients/{user_id}', {
          path: { channel_id: channelId, user_id: userId },
        }),
    });
  };
  const handOver = async (userId: string) => {
    const who = displayName(userId);
    await confirm({
      title: t`Make ${who} the owner?`,
      body: t`You stay in the group, but cannot take people out any more.`,
      action: t`Hand over`,
      run: () => change({ owner_id: userId }),
    });
  };
  return (
    <FormDialog
      size="s"
      title={<Trans>Edit group</Trans>}
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Save</Trans>}
      busy={busy}
      error={error}
    >
      <div className={css.picture}>
        <Avatar
          name={groupName(channel)}
          src={icon ?? (icon === null ? undefined : iconUrl(channel, 64))}
          size={64}
        />
        <Button onClick={() => void pickPicture(setIcon)}>
          <Trans>Choose a picture</Trans>
        </Button>
        {(icon || (icon === undefined && channel.icon)) && (
          <Button variant="ghost" onClick={() => setIcon(null)}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </div>
      <TextField
        label={<Trans>Name</Trans>}
        optional
        placeholder={groupName({ ...channel, name: undefined })}
        maxLength={100}
        value={name}
        onChange={setName}
      />
      {owns && (
        <ul className={css.friends} aria-label={t`Members`}>
          {(channel.recipients ?? []).map((one) => (
            <li key={one.id} className={css.friend}>
              <Avatar user={one} size={32} />
              <bdi style={{ flex: 1 }}>{displayName(one.id)}</bdi>
              <Button size="s" variant="ghost" onClick={() => void handOver(one.id)}>
                <Trans>Make owner</Trans>
              </Button>
              <IconButton
                size="s"
                label={t`Take ${displayName(one.id)} out`}
                icon={<X />}
                onClick={() => void remove(one.id)}
              />
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}
