import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Inbox, UserRoundPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { togglePanel, useLayout } from '#/app/layout';
import { HeaderButton } from '#/app/shell/HeaderButton';
import { PaneTop } from '#/app/shell/PaneTop';
import { OwnerChecklist } from '#/features/first/OwnerChecklist';
import { displayName, plainName } from '#/features/people/names';
import { entity } from '#/store';
import { Button, EmptyState, PeopleDrawing, SearchField, Tabs } from '#/ui';
import { AddFriend } from './AddFriend';
import { FriendRow } from './FriendRow';
import css from './Friends.module.css';
import { InboxSide } from './InboxSide';
import { useFriendLists } from './lists';
import { useOnlineFriends } from './online';

type Tab = 'online' | 'all' | 'pending' | 'blocked' | 'add';

const matches = (id: string, query: string) => {
  const user = entity('users', id);
  const text = `${displayName(id)} ${plainName(user)} ${user?.username ?? ''}`.toLocaleLowerCase();
  return text.includes(query.trim().toLocaleLowerCase());
};

export function FriendsView() {
  const { t } = useLingui();
  const { friends, incoming, outgoing, blocked } = useFriendLists();
  const online = useOnlineFriends(friends);
  const [tab, setTab] = useState<Tab>('online');
  const [query, setQuery] = useState('');
  const panel = useLayout((layout) => layout.panel);
  const phone = useLayout((layout) => layout.width === 'phone');

  const shown = { online, all: friends, pending: [...incoming, ...outgoing], blocked, add: [] }[tab];
  const found = query ? shown.filter((id) => matches(id, query)) : shown;
  const title = {
    online: plural(found.length, { one: '# friend online', other: '# friends online' }),
    all: plural(found.length, { one: '# friend', other: '# friends' }),
    pending: plural(found.length, { one: '# request', other: '# requests' }),
    blocked: plural(found.length, { one: '# blocked', other: '# blocked' }),
    add: '',
  }[tab];
  return (
    <div className={css.view}>
      <main className={css.main} tabIndex={-1}>
        <PaneTop title={<Trans>Friends</Trans>} icon={<UsersRound />}>
          <span className={css.space} />
          {!phone && (
            <HeaderButton
              icon={<Inbox />}
              label={t`Inbox`}
              pressed={panel === 'inbox'}
              onClick={() => togglePanel('inbox')}
            />
          )}
        </PaneTop>
        <div className={css.body}>
          <OwnerChecklist />
          <Tabs
            label={t`Friends`}
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'online', label: t`Online` },
              { id: 'all', label: t`All` },
              { id: 'pending', label: t`Pending`, count: incoming.length },
              { id: 'blocked', label: t`Blocked` },
              { id: 'add', label: t`Add friend`, icon: <UserRoundPlus size={16} /> },
            ]}
          >
            {tab === 'add' ? (
              <AddFriend />
            ) : (
              <div className={css.list}>
                {shown.length > 5 && (
                  <SearchField
                    label={t`Find among them`}
                    placeholder={t`Find`}
                    value={query}
                    onChange={setQuery}
                  />
                )}
                {found.length > 0 ? (
                  <>
                    <h2 className={css.count}>{title}</h2>
                    <ul>
                      {found.map((id) => (
                        <FriendRow key={id} userId={id} />
                      ))}
                    </ul>
                  </>
                ) : (
                  <Nobody
                    tab={tab}
                    query={query}
                    onAdd={() => setTab('add')}
                    onAll={() => setTab('all')}
                    any={friends.length > 0}
                  />
                )}
              </div>
            )}
          </Tabs>
        </div>
      </main>
      {panel === 'inbox' && !phone && <InboxSide />}
    </div>
  );
}

type NobodyProps = { tab: Tab; query: string; any: boolean; onAdd: () => void; onAll: () => void };

function Nobody({ tab, query, any, onAdd, onAll }: NobodyProps) {
  const add = (
    <Button variant="primary" icon={<UserRoundPlus />} onClick={onAdd}>
      <Trans>Add friend</Trans>
    </Button>
  );
  if (query) return <EmptyState title={<Trans>Nobody by that name</Trans>} />;
  if (tab === 'pending') return <EmptyState title={<Trans>No requests are waiting</Trans>} action={add} />;
  if (tab === 'blocked') return <EmptyState title={<Trans>You have blocked nobody</Trans>} />;
  if (tab === 'online' && any)
    return (
      <EmptyState
        icon={<PeopleDrawing />}
        title={<Trans>No friend is online</Trans>}
        action={
          <Button onClick={onAll}>
            <Trans>Show all friends</Trans>
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={<PeopleDrawing />}
      title={<Trans>No friends yet</Trans>}
      text={<Trans>Add somebody by name and number, or invite them by a link.</Trans>}
      action={add}
    />
  );
}
