import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { goTo, openDialog } from '#/app/layout';
import { channelPath } from '#/app/links';
import { useFriendLists } from '#/features/friends/lists';
import { entity, limit, list, openDm } from '#/store';
import { Avatar, Banner, Button, Checkbox, EmptyState, FormDialog, LinkButton, SearchField } from '#/ui';
import css from './GroupDialog.module.css';
import { useAction } from './moderate';
import { displayName, GROUP, groupName } from './names';

type Props = { request: { kind: string; channelId?: string; with?: string }; onClose: () => void };

/** A group of the same people that is there already. */
function existing(ids: readonly string[]): string | undefined {
  const wanted = ids.toSorted().join();
  return list('dms').find((id) => {
    const channel = entity('channels', id);
    return (
      channel?.type === GROUP &&
      (channel.recipients ?? [])
        .map((one) => one.id)
        .toSorted()
        .join() === wanted
    );
  });
}

/** Chooses friends: one makes a conversation, several a group; or they join a group that is there. */
export default function GroupDialog({ request, onClose }: Props) {
  const { t } = useLingui();
  const group = request.channelId ? entity('channels', request.channelId) : undefined;
  const inside = (group?.recipients ?? []).map((one) => one.id);
  const [chosen, setChosen] = useState<string[]>(request.with ? [request.with] : []);
  const [query, setQuery] = useState('');
  const { friends } = useFriendLists();
  const { busy, error, act } = useAction(onClose);
  const room = (limit('max_group_dm_recipients') || 25) - 1 - inside.length - chosen.length;
  const wanted = query.trim().toLocaleLowerCase();
  const found = friends.filter(
    (id) =>
      !inside.includes(id) &&
      `${displayName(id)} ${entity('users', id)?.username}`.toLocaleLowerCase().includes(wanted),
  );
  const same = !group && chosen.length > 1 ? existing(chosen) : undefined;
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);

  const go = () =>
    act(async () => {
      if (group) {
        for (const id of chosen)
          await api('PUT /channels/{channel_id}/recipients/{user_id}', {
            path: { channel_id: group.id, user_id: id },
          });
        return;
      }
      const [first, ...others] = chosen;
      if (!first) return;
      const channel = others.length
        ? await api('POST /users/@me/channels', { body: { recipients: chosen } })
        : await openDm(first);
      goTo(channelPath('@me', channel.id));
    });
  return (
    <FormDialog
      size="s"
      title={group ? <Trans>Add people</Trans> : <Trans>New message</Trans>}
      description={
        room > 0
          ? plural(room, { one: '# more person fits in.', other: '# more people fit in.' })
          : t`The group is full.`
      }
      onClose={onClose}
      onSubmit={go}
      action={
        group ? (
          <Trans>Add</Trans>
        ) : chosen.length > 1 ? (
          <Trans>Create group</Trans>
        ) : (
          <Trans>Open conversation</Trans>
        )
      }
      busy={busy}
      disabled={!chosen.length}
      error={error}
    >
      {same && (
        <Banner
          action={
            <LinkButton
              onClick={() => {
                onClose();
                goTo(channelPath('@me', same));
              }}
            >
              <Trans>Open it</Trans>
            </LinkButton>
          }
        >
          <Trans>
            There is a group with the same people: {groupName(entity('channels', same) ?? ({} as never))}
          </Trans>
        </Banner>
      )}
      {chosen.length > 0 && (
        <ul className={css.chosen}>
          {chosen.map((id) => (
            <li key={id}>
              <button type="button" onClick={() => toggle(id)} aria-label={t`Leave out ${displayName(id)}`}>
                <bdi>{displayName(id)}</bdi>
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <SearchField
        label={t`Find friends`}
        placeholder={t`Find friends`}
        data-autofocus=""
        value={query}
        onChange={setQuery}
      />
      {found.length ? (
        <ul className={css.friends}>
          {found.map((id) => {
            const user = entity('users', id);
            return (
              <li key={id} className={css.friend}>
                {user && <Avatar user={user} size={32} />}
                <Checkbox
                  label={<bdi>{displayName(id)}</bdi>}
                  checked={chosen.includes(id)}
                  disabled={room <= 0 && !chosen.includes(id)}
                  onChange={() => toggle(id)}
                />
              </li>
            );
          })}
        </ul>
      ) : (
        <EmptyState
          title={friends.length ? <Trans>Nobody by that name</Trans> : <Trans>No friends yet</Trans>}
          action={
            <Button
              onClick={() => {
                onClose();
                openDialog({ kind: 'add-friend' });
              }}
            >
              <Trans>Add friend</Trans>
            </Button>
          }
        />
      )}
    </FormDialog>
  );
}
