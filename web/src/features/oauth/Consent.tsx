import { useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError, api } from '#/api/client';
import { goTo } from '#/app/layout';
import { guildPath, HOME } from '#/app/links';
import { useAttempt } from '#/features/attempt';
import { usePermissionNames } from '#/features/settings/permissionNames';
import { useScopes } from '#/features/settings/scopes';
import { Bit } from '#/model/permissions';
import { entity, permissions, useList } from '#/store';
import { Banner, Button, Checkbox, Select, toast, useErrorText } from '#/ui';
import type { Request } from './Authorize';
import styles from './Authorize.module.css';

/** A moment before the button works, so that a click meant for something else agrees to nothing. */
const WAIT = 1000;

export function Consent({ request, name }: { request: Request; name: string }) {
  const { t } = useLingui();
  const scopes = useScopes();
  const names = usePermissionNames();
  const text = useErrorText();
  const bot = request.scopes.includes('bot');
  const asked = names.filter(({ bit }) => request.permissions & Bit[bit]);
  const guilds = useList('guilds').filter((id) => permissions(id).has(Bit.MANAGE_GUILD));
  const [guild, setGuild] = useState(request.guildId ?? '');
  const [refused, setRefused] = useState<bigint>(0n);
  const [awake, setAwake] = useState(false);
  const [seen, setSeen] = useState(false);
  const { busy, refused: failed, attempt } = useAttempt(true);
  const list = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), WAIT);
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      root: list.current,
    });
    if (end.current) watch.observe(end.current);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, []);
  const back = (answer: Record<string, string>) => {
    if (!request.redirect) return goTo(HOME);
    const url = new URL(request.redirect);
    for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value);
    if (request.state !== undefined) url.searchParams.set('state', request.state);
    location.assign(url.href);
  };
  const agree = () =>
    attempt(async () => {
      const { redirect_to } = await api('POST /oauth2/authorize/consent', {
        body: {
          client_id: request.clientId,
          scope: request.scopes.join(' '),
          ...(request.redirect && { redirect_uri: request.redirect }),
          ...(request.responseType && { response_type: request.responseType }),
          ...(request.state !== undefined && { state: request.state }),
          ...(bot && guild && { guild_id: guild, permissions: String(request.permissions & ~refused) }),
        },
      });
      if (request.redirect) location.assign(redirect_to);
      else {
        toast({ kind: 'success', text: t`${name} has joined` });
        goTo(guildPath(guild));
      }
    });
  const known: Record<string, string> = {
    BOT_ALREADY_IN_GUILD: t`The bot is in this community already.`,
    MISSING_PERMISSIONS: t`You may not add bots to this community.`,
    ACCESS_DENIED: t`Only its owner may add this bot.`,
  };
  const error =
    failed === undefined ? undefined : (failed instanceof ApiError && known[failed.code]) || text(failed);
  const ready = awake && seen && (!bot || guild !== '' || request.scopes.length > 1);
  return (
    <>
      <div ref={list} className={styles.list} tabIndex={-1}>
        <h2 className={styles.caption}>{t`It will be able to`}</h2>
        <ul className={styles.scopes}>
          {request.scopes.map((scope) => (
            <li key={scope}>
              <Check size={18} aria-hidden />
              <span>
                {scopes[scope]?.label}
                <span className={styles.quiet}>{scopes[scope]?.hint}</span>
              </span>
            </li>
          ))}
        </ul>
        {bot && (
          <>
            <Select
              label={t`Community`}
              disabled={request.lockGuild && request.guildId !== undefined}
              hint={guilds.length === 0 ? t`You manage no community a bot could be added to.` : undefined}
              options={[
                { value: '', label: t`Choose…` },
                ...guilds.map((id) => ({ value: id, label: entity('guilds', id)?.name ?? id })),
              ]}
              value={guild}
              onChange={setGuild}
            />
            {asked.length > 0 && (
              <fieldset>
                <legend className={styles.caption}>{t`There the bot may`}</legend>
                {asked.map(({ bit, label, danger }) => (
                  <Checkbox
                    key={bit}
                    label={label}
                    {...(danger && { hint: t`Grants power over others` })}
                    checked={!(refused & Bit[bit])}
                    onChange={(on) => setRefused(on ? refused & ~Bit[bit] : refused | Bit[bit])}
                  />
                ))}
              </fieldset>
            )}
          </>
        )}
        <div ref={end} className={styles.end} />
      </div>
      {error && <Banner kind="error">{error}</Banner>}
      {request.redirect && (
        <p className={styles.quiet}>
          {t`Afterwards you return to`}{' '}
          <strong className={styles.host}>{new URL(request.redirect).host}</strong>
        </p>
      )}
      <div className={styles.actions}>
        <Button size="l" onClick={() => back({ error: 'access_denied' })}>
          {t`Cancel`}
        </Button>
        <Button size="l" variant="primary" busy={busy} disabled={!ready} onClick={() => void agree()}>
          {bot && request.scopes.length === 1 ? t`Add the bot` : t`Allow`}
        </Button>
      </div>
    </>
  );
}
