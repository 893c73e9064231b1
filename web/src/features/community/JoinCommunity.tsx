import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { api } from '#/api/client';
import type { Invite } from '#/api/types';
import { goTo } from '#/app/layout';
import { channelPath, guildPath } from '#/app/links';
import { inviteError } from '#/features/people/errors';
import { Banner, FormDialog, TextField } from '#/ui';
import { InviteCard } from './InviteCard';
import { inviteCode } from './invites';

export async function acceptInvite(invite: Invite): Promise<void> {
  await api('POST /invites/{invite_code}', { path: { invite_code: invite.code } });
  const { guild, channel } = invite;
  if (guild) goTo(channel ? channelPath(guild.id, channel.id) : guildPath(guild.id));
  else if (channel) goTo(channelPath('@me', channel.id));
}

export function JoinCommunity({ onClose, onBack }: { onClose: () => void; onBack: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [invite, setInvite] = useState<Invite>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const code = inviteCode(text);

  // The card appears while the link is still being looked at: what is pasted whole needs no further click.
  useEffect(() => {
    setInvite(undefined);
    setError(undefined);
    if (!code) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api('GET /invites/{invite_code}', { path: { invite_code: code }, signal: abort.signal }).then(
        setInvite,
        (failure: unknown) => abort.signal.aborted || setError(inviteError(failure)),
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [code]);

  const join = async () => {
    if (!code) return setError(t`Paste an invite: a link, or its code.`);
    setBusy(true);
    try {
      const found = invite ?? (await api('GET /invites/{invite_code}', { path: { invite_code: code } }));
      await acceptInvite(found);
      onClose();
    } catch (failure) {
      setError(inviteError(failure));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      size="s"
      title={<Trans>Join with an invite</Trans>}
      onClose={onClose}
      onSubmit={join}
      action={<Trans>Join</Trans>}
      busy={busy}
      disabled={!text.trim()}
      cancel={<Trans>Back</Trans>}
      onBack={onBack}
    >
      <TextField
        label={<Trans>Invite</Trans>}
        placeholder={`${location.origin}/invite/…`}
        value={text}
        autoComplete="off"
        spellCheck={false}
        data-autofocus=""
        error={error}
        onChange={setText}
      />
      {invite ? (
        <InviteCard invite={invite} />
      ) : (
        !error && <Banner>{t`Somebody in the community can send you one.`}</Banner>
      )}
    </FormDialog>
  );
}
