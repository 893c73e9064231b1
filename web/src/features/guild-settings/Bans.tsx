import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { Row, Section } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { entity } from '#/store';
import { Avatar, Button, confirm, EmptyState, SearchField } from '#/ui';
import { useGuildId } from './hooks';

type Ban = Answer<'GET /guilds/{guild_id}/bans'>[number];
const nameOf = (user: Ban['user']) => user.global_name ?? user.username;

export default function Bans() {
  const { t, i18n } = useLingui();
  const guildId = useGuildId();
  const { run } = useRun();
  const list = useLoad(() => api('GET /guilds/{guild_id}/bans', { path: { guild_id: guildId } }));
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const unban = async ({ user }: Ban) => {
    const name = nameOf(user);
    const yes = await confirm({
      title: t`Let ${name} come back?`,
      body: <p>{t`The ban ends. To return, an invite is needed.`}</p>,
      action: t`Unban`,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /guilds/{guild_id}/bans/{user_id}', {
        path: { guild_id: guildId, user_id: user.id },
      });
      list.set((list.data ?? []).filter((ban) => ban.user.id !== user.id));
    });
  };
  const date = (text: string) => i18n.date(new Date(text), { dateStyle: 'medium' });
  return (
    <Loaded of={list}>
      {(bans) => {
        const found = bans.filter(({ user, reason }) =>
          `${user.username} ${user.global_name ?? ''} ${user.id} ${reason ?? ''}`
            .toLocaleLowerCase()
            .includes(wanted),
        );
        if (bans.length === 0)
          return <EmptyState title={t`Nobody is banned`} text={t`May it stay like that.`} />;
        return (
          <>
            <SearchField
              label={t`Search bans`}
              placeholder={t`Search bans`}
              value={query}
              onChange={setQuery}
            />
            <Section lines>
              {found.map((ban) => {
                const moderator = entity('users', ban.moderator_id);
                return (
                  <Row
                    key={ban.user.id}
                    icon={<Avatar user={ban.user} size={32} />}
                    title={
                      <>
                        <bdi>{nameOf(ban.user)}</bdi> <bdi>({ban.user.username})</bdi>
                      </>
                    }
                    text={
                      <>
                        {ban.reason ? <bdi>{ban.reason}</bdi> : <Trans>No reason given</Trans>}
                        {' · '}
                        {date(ban.banned_at)}
                        {moderator && (
                          <>
                            {' · '}
                            <Trans>
                              by <bdi>{nameOf(moderator)}</bdi>
                            </Trans>
                          </>
                        )}
                        {ban.expires_at && (
                          <>
                            {' · '}
                            <Trans>until {date(ban.expires_at)}</Trans>
                          </>
                        )}
                      </>
                    }
                  >
                    <Button size="s" onClick={() => void unban(ban)}>
                      <Trans>Unban</Trans>
                    </Button>
                  </Row>
                );
              })}
              {found.length === 0 && <EmptyState title={t`Nobody like that`} />}
            </Section>
          </>
        );
      }}
    </Loaded>
  );
}
