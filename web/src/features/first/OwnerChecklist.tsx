import { Trans, useLingui } from '@lingui/react/macro';
import { Circle, CircleCheck, X } from 'lucide-react';
import { useState } from 'react';
import { openDialog, openSettings } from '#/app/layout';
import { inviteChannel } from '#/features/community/menus';
import { useEntity, useList, useMe } from '#/store';
import { Button, IconButton } from '#/ui';
import css from './FirstSteps.module.css';

const STORAGE = 'owner-checklist';

/** What the person who runs this server does first. Gone when all is done, or when it is put away. */
export function OwnerChecklist() {
  const me = useMe();
  const [away, setAway] = useState(() => localStorage.getItem(STORAGE) !== null);
  if (!me?.acls.length || away) return null;
  return (
    <Checklist
      onAway={() => {
        localStorage.setItem(STORAGE, 'done');
        setAway(true);
      }}
    />
  );
}

function Checklist({ onAway }: { onAway: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const guilds = useList('guilds');
  const own = guilds[0];
  const members = useEntity('guilds', own, (guild) => guild?.member_count ?? 0) ?? 0;
  const items = [
    {
      done: !!me?.avatar || !!me?.global_name,
      name: t`Show who you are`,
      action: t`Edit profile`,
      go: () => openSettings('profile'),
    },
    {
      done: me?.verified === true,
      name: t`Confirm your e-mail address: it shows that the server’s mail works`,
      action: t`Account`,
      go: () => openSettings('account'),
    },
    {
      done: me?.mfa_enabled === true,
      name: t`Protect the account that runs the server with a second factor`,
      action: t`Security`,
      go: () => openSettings('security'),
    },
    {
      done: guilds.length > 0,
      name: t`Create the first community`,
      action: t`Create`,
      go: () => openDialog({ kind: 'add-community', step: 'create' }),
    },
    {
      done: members > 1,
      name: t`Invite the first people`,
      action: t`Invite`,
      go: () => {
        const channelId = own && inviteChannel(own);
        if (channelId) openDialog({ kind: 'invite', channelId, guildId: own });
      },
      off: !own,
    },
  ];
  if (items.every((item) => item.done)) return null;
  return (
    <section className={css.card}>
      <header>
        <h2>
          <Trans>Your server is running. What comes next:</Trans>
        </h2>
        <IconButton size="s" label={t`Put the list away`} icon={<X />} onClick={onAway} />
      </header>
      <ul>
        {items.map((item) => (
          <li key={item.name} className={css.item} data-done={item.done || undefined}>
            {item.done ? (
              <CircleCheck role="img" aria-label={t`done`} />
            ) : (
              <Circle role="img" aria-label={t`to do`} />
            )}
            <span>{item.name}</span>
            {!item.done && (
              <Button size="s" disabled={item.off} onClick={item.go}>
                {item.action}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
