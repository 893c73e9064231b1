import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Copy, Trash2 } from 'lucide-react';
import { api } from '#/api/client';
import type { Invite } from '#/api/types';
import { absolute, invitePath } from '#/app/links';
import { Row } from '#/features/settings/Frame';
import { useLoad, useRun } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { Avatar, confirm, EmptyState, IconButton, toast } from '#/ui';

interface Props {
  load: () => Promise<Invite[]>;
}

/** Invites with what they lead to, how often and how long they work. */
export function InviteTable({ load }: Props) {
  const { t, i18n } = useLingui();
  const { run } = useRun();
  const list = useLoad(load);
  const revoke = async (invite: Invite) => {
    const yes = await confirm({
      title: t`Take the invite back?`,
      body: <p>{t`The link ${invite.code} stops working at once.`}</p>,
      action: t`Take back`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /invites/{invite_code}', { path: { invite_code: invite.code } });
      list.set((list.data ?? []).filter(({ code }) => code !== invite.code));
    });
  };
  return (
    <Loaded of={list}>
      {(invites) =>
        invites.length === 0 ? (
          <EmptyState
            title={t`No invites`}
            text={t`Links that people make to bring others in are listed here.`}
          />
        ) : (
          invites.map((invite) => {
            const host = invite.inviter;
            const channel = invite.channel?.name;
            return (
              <Row
                key={invite.code}
                icon={host ? <Avatar user={host} size={32} /> : undefined}
                title={
                  <bdi dir="ltr">
                    {invite.code} {channel && `· #${channel}`}
                  </bdi>
                }
                text={
                  <>
                    {host && <bdi>{host.global_name ?? host.username}</bdi>}
                    {' · '}
                    {invite.max_uses ? (
                      <Trans>
                        {invite.uses ?? 0} of {invite.max_uses} uses
                      </Trans>
                    ) : (
                      <Plural value={invite.uses ?? 0} one="# use" other="# uses" />
                    )}
                    {' · '}
                    {invite.expires_at ? (
                      <Trans>
                        until{' '}
                        {i18n.date(new Date(invite.expires_at), {
                          dateStyle: 'medium',
                          timeStyle: 'short',
                        })}
                      </Trans>
                    ) : (
                      <Trans>for good</Trans>
                    )}
                  </>
                }
              >
                <IconButton
                  label={t`Copy the link ${invite.code}`}
                  icon={<Copy size={18} />}
                  onClick={() => {
                    void navigator.clipboard.writeText(absolute(invitePath(invite.code)));
                    toast(t`Copied`);
                  }}
                />
                <IconButton
                  label={t`Take back ${invite.code}`}
                  icon={<Trash2 size={18} />}
                  onClick={() => void revoke(invite)}
                />
              </Row>
            );
          })
        )
      }
    </Loaded>
  );
}
