import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { entity, me } from '#/store';
import { FormDialog, TextField } from '#/ui';
import { useAction } from './moderate';
import { displayName, plainName } from './names';

type Props = { request: { userId: string; guildId?: string; channelId?: string }; onClose: () => void };

/** What somebody is called: in a community or a group, seen by all there; or for oneself alone, a friend. */
export default function NicknameDialog({ request, onClose }: Props) {
  const { userId, guildId, channelId } = request;
  const kept = guildId
    ? entity('members', `${guildId}:${userId}`)?.nick
    : channelId
      ? entity('channels', channelId)?.nicks?.[userId]
      : entity('relationships', userId)?.nickname;
  const [text, setText] = useState(kept ?? '');
  const { busy, error, act } = useAction(onClose);
  const self = userId === me()?.id;
  const community = guildId ? (entity('guilds', guildId)?.name ?? '') : '';
  const save = () =>
    act(() => {
      const name = text.trim() || null;
      if (channelId)
        return api('PATCH /channels/{channel_id}', {
          path: { channel_id: channelId },
          body: { nicks: { [userId]: name } } as never,
        });
      if (!guildId)
        return api('PATCH /users/@me/relationships/{user_id}', {
          path: { user_id: userId },
          body: { nickname: name },
        });
      if (self)
        return api('PATCH /guilds/{guild_id}/members/@me', {
          path: { guild_id: guildId },
          body: { nick: name },
        });
      return api('PATCH /guilds/{guild_id}/members/{user_id}', {
        path: { guild_id: guildId, user_id: userId },
        body: { nick: name },
      });
    });
  return (
    <FormDialog
      size="s"
      title={self ? <Trans>Your nickname</Trans> : <Trans>Nickname for {displayName(userId, guildId)}</Trans>}
      description={
        guildId ? (
          <Trans>Everybody in {community} sees it.</Trans>
        ) : channelId ? (
          <Trans>Everybody in the group sees it.</Trans>
        ) : (
          <Trans>Only you see it.</Trans>
        )
      }
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Save</Trans>}
      busy={busy}
      error={error}
    >
      <TextField
        label={<Trans>Nickname</Trans>}
        placeholder={plainName(entity('users', userId))}
        maxLength={32}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
