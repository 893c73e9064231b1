import { useLingui } from '@lingui/react/macro';
import {
  Bell,
  BellOff,
  EllipsisVertical,
  Inbox,
  Pin,
  Search,
  UserPlus,
  UserRound,
  UsersRound,
} from 'lucide-react';
import { ChannelIcon } from '#/features/channels/ChannelIcon';
import { GROUP, NOTES, useDmName } from '#/features/people/names';
import { mark, useCustomStatus, useStatus } from '#/features/people/presence';
import { iconUrl } from '#/model/media';
import { useChannel, useEntity, useUnread } from '#/store';
import { Avatar } from '#/ui';
import { cx } from '#/ui/cx';
import looks from '#/ui/looks.module.css';
import { showMenu } from '../contextMenu';
import { openDialog, openProfile, openSearch, togglePanel, useLayout } from '../layout';
import { channelMenu, channelNotificationEntries, dmMenu } from '../menus';
import { HeaderButton } from './HeaderButton';
import { ListsButton } from './PaneTop';
import css from './PaneTop.module.css';
import { plainText } from './plainText';
import { usePanel } from './usePanel';

const after = (a: string | null | undefined, b: string | null | undefined) =>
  !!a && (!b || Date.parse(a) > Date.parse(b));

export function ChannelHeader({ channelId }: { channelId: string }) {
  const { t } = useLingui();
  const channel = useChannel(channelId);
  const dm = useDmName(channelId);
  const status = useStatus(dm.user?.id);
  const custom = useCustomStatus(dm.user?.id);
  const seenPins = useEntity('readStates', channelId, (row) => row?.last_pin_timestamp);
  const { muted } = useUnread('channel', channelId);
  const panel = usePanel(channelId);
  const phone = useLayout((layout) => layout.width === 'phone');
  if (!channel) return null;

  const inGuild = !!channel.guild_id;
  const group = channel.type === GROUP;
  const name = inGuild ? (channel.name ?? '') : dm.name;
  const topic = inGuild ? plainText(channel.topic ?? '') : '';
  const newPins = after(channel.last_pin_timestamp, seenPins);
  const usual = inGuild || group ? 'members' : 'profile';
  return (
    <header className={css.top}>
      <ListsButton />
      {inGuild || channel.type === NOTES ? (
        <span className={css.icon}>
          <ChannelIcon channelId={channelId} />
        </span>
      ) : (
        <button
          type="button"
          className={css.button}
          aria-label={t`Profile of ${name}`}
          disabled={!dm.user}
          onClick={(event) => dm.user && openProfile(dm.user.id, event.currentTarget)}
        >
          {dm.user ? (
            <Avatar user={dm.user} size={24} status={mark(status)} />
          ) : (
            <Avatar name={name} src={iconUrl(channel, 24)} size={24} />
          )}
        </button>
      )}
      <h1 className={cx(css.title, looks.truncated)}>
        <bdi>{name}</bdi>
      </h1>
      {topic ? (
        <button
          type="button"
          className={cx(css.topic, looks.truncated)}
          onClick={() => openDialog({ kind: 'topic', channelId })}
        >
          <bdi>{topic}</bdi>
        </button>
      ) : custom ? (
        <span className={cx(css.topic, looks.truncated)}>
          <bdi>{custom}</bdi>
        </span>
      ) : (
        <span className={css.space} />
      )}
      <div className={css.tools}>
        <HeaderButton
          icon={<Search />}
          label={t`Search`}
          pressed={panel === 'search'}
          onClick={() => (panel === 'search' ? togglePanel('search') : openSearch('channel'))}
        />
        {!phone && (
          <>
            <HeaderButton
              icon={<Pin />}
              label={newPins ? t`Pinned messages, new` : t`Pinned messages`}
              dot={newPins}
              pressed={panel === 'pins'}
              onClick={() => togglePanel('pins')}
            />
            {inGuild && (
              <HeaderButton
                icon={muted ? <BellOff /> : <Bell />}
                label={t`Notifications of ${name}`}
                onClick={(event) =>
                  showMenu(event.currentTarget, () => channelNotificationEntries(channelId))
                }
              />
            )}
            {group && (
              <HeaderButton
                icon={<UserPlus />}
                label={t`Add people`}
                onClick={() => openDialog({ kind: 'add-to-group', channelId })}
              />
            )}
          </>
        )}
        {channel.type !== NOTES && (
          <HeaderButton
            icon={usual === 'members' ? <UsersRound /> : <UserRound />}
            label={usual === 'members' ? t`Members` : t`Profile`}
            pressed={panel === usual}
            onClick={() => togglePanel(usual)}
          />
        )}
        {phone ? (
          <HeaderButton
            icon={<EllipsisVertical />}
            label={t`More`}
            onClick={(event) =>
              showMenu(event.currentTarget, async () => [
                { id: 'pins', label: t`Pinned messages`, onSelect: () => togglePanel('pins') },
                ...(topic
                  ? [
                      {
                        id: 'topic',
                        label: t`Topic`,
                        onSelect: () => openDialog({ kind: 'topic', channelId }),
                      },
                    ]
                  : []),
                'separator',
                ...(await (inGuild ? channelMenu(channelId) : dmMenu(channelId))),
              ])
            }
          />
        ) : (
          <HeaderButton
            icon={<Inbox />}
            label={t`Inbox`}
            pressed={panel === 'inbox'}
            onClick={() => togglePanel('inbox')}
          />
        )}
      </div>
    </header>
  );
}
