import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Invite } from '#/api/types';
import { goTo } from '#/app/layout';
import { guildPath, themePath } from '#/app/links';
import { PathLink } from '#/app/PathLink';
import { InviteCard } from '#/features/community/InviteCard';
import { acceptInvite } from '#/features/community/JoinCommunity';
import { inviteError } from '#/features/people/errors';
import { complaint } from '#/features/themes/complaint';
import { Preview } from '#/features/themes/Preview';
import { useTheme } from '#/features/themes/useTheme';
import { parse } from '#/markdown';
import { links } from '#/markdown/find';
import { useEntity } from '#/store';
import { Button, toast } from '#/ui';
import styles from './OwnLinks.module.css';

const MOST = 3;

/** Cards for links of this instance in a message: a shared theme, an invite. */
export default function OwnLinks({ text }: { text: string }) {
  const found = new Set<string>();
  for (const { url } of links(parse(text))) {
    const path = url.startsWith(`${location.origin}/`) ? url.slice(location.origin.length) : '';
    const [, kind, id] = /^\/(theme|invite)\/([\w-]+)\/?$/.exec(path) ?? [];
    if (kind && id) found.add(`${kind}/${id}`);
  }
  return [...found].slice(0, MOST).map((link) => {
    const [kind, id = ''] = link.split('/');
    return kind === 'theme' ? <Theme key={link} id={id} /> : <Invitation key={link} code={id} />;
  });
}

function Theme({ id }: { id: string }) {
  const { t } = useLingui();
  const [{ css, gone, error }] = useTheme(id);
  if (gone || error) return <p className={styles.gone}>{t`This theme is not here`}</p>;
  return (
    <div className={styles.card}>
      <div className={styles.preview}>
        {css !== undefined && !complaint(css) ? <Preview css={css} /> : null}
      </div>
      <div className={styles.foot}>
        <span>{t`A theme for you`}</span>
        <PathLink className={styles.open} to={themePath(id)}>
          <Trans>Look at it</Trans>
        </PathLink>
      </div>
    </div>
  );
}

function Invitation({ code }: { code: string }) {
  const { t } = useLingui();
  const [invite, setInvite] = useState<Invite | null>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let stale = false;
    api('GET /invites/{invite_code}', { path: { invite_code: code }, background: true }).then(
      (found) => stale || setInvite(found),
      () => stale || setInvite(null),
    );
    return () => {
      stale = true;
    };
  }, [code]);
  const guildId = invite && 'guild' in invite ? invite.guild?.id : undefined;
  const member = useEntity('guilds', guildId, (guild) => guild !== undefined);
  if (invite === null) return <p className={styles.gone}>{t`This invite leads nowhere`}</p>;
  const join = async () => {
    if (!invite) return;
    if (member && guildId) return goTo(guildPath(guildId));
    setBusy(true);
    try {
      await acceptInvite(invite);
    } catch (error) {
      toast({ kind: 'error', text: inviteError(error) });
    }
    setBusy(false);
  };
  return (
    <div className={styles.card}>
      <div className={styles.invite}>{invite ? <InviteCard invite={invite} /> : null}</div>
      <div className={styles.foot}>
        <Button
          size="s"
          variant={member ? 'secondary' : 'primary'}
          busy={busy}
          disabled={!invite}
          onClick={join}
        >
          {member ? t`Open` : t`Join`}
        </Button>
      </div>
    </div>
  );
}
