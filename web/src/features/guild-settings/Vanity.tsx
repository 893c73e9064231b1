import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import { absolute, invitePath } from '#/app/links';
import { CopyButton } from '#/features/settings/CopyButton';
import { Section } from '#/features/settings/Frame';
import { useFieldAttempt, useLoad } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { Button, TextField, toast } from '#/ui';
import css from './guild.module.css';
import { useGuildId } from './hooks';

export default function Vanity() {
  const { t } = useLingui();
  const guildId = useGuildId();
  const path = { guild_id: guildId };
  const vanity = useLoad(() => api('GET /guilds/{guild_id}/vanity-url', { path }));
  const [typed, setTyped] = useState<string | null>(null);
  const { busy, only, attempt } = useFieldAttempt();
  const save = (code: string | null) =>
    attempt(async () => {
      await api('PATCH /guilds/{guild_id}/vanity-url', { path, body: { code } });
      setTyped(null);
      vanity.reload();
      toast({ kind: 'success', text: t`Saved` });
    });
  return (
    <Loaded of={vanity}>
      {({ code, uses }) => (
        <Section
          title={t`An address of your own`}
          hint={t`A short invite that never expires. Everybody who knows it can join.`}
        >
          <div className={css.tools}>
            <TextField
              className={css.grow ?? ''}
              label={t`Address`}
              dir="ltr"
              prefix={absolute(invitePath('')).replace(/^https?:\/\//, '')}
              maxLength={32}
              autoCapitalize="none"
              spellCheck={false}
              value={typed ?? code ?? ''}
              onChange={(text) => setTyped(text.trim())}
              error={only('code')}
            />
            {code && <CopyButton text={absolute(invitePath(code))} label={t`Copy the link`} />}
          </div>
          {code && (
            <p className={css.quiet}>
              <Plural value={uses} one="# person came by it" other="# people came by it" />
            </p>
          )}
          <div className={css.tools}>
            <Button
              variant="primary"
              busy={busy}
              disabled={typed === null || typed === '' || typed === code}
              onClick={() => void save(typed)}
            >
              <Trans>Save</Trans>
            </Button>
            {code && (
              <Button variant="ghost" busy={busy} onClick={() => void save(null)}>
                <Trans>Give it up</Trans>
              </Button>
            )}
          </div>
        </Section>
      )}
    </Loaded>
  );
}
