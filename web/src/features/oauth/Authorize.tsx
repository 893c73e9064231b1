// The page on which a person lets an application use the account, or add its bot to a community.
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ApiError, api } from '#/api/client';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { useLoad } from '#/features/settings/form';
import { Loaded } from '#/features/settings/Loaded';
import { useScopes } from '#/features/settings/scopes';
import { useMe } from '#/store';
import { Avatar, Button, EmptyState, ErrorDrawing, Layer, LinkButton, Pill, Wordmark } from '#/ui';
import styles from './Authorize.module.css';
import { Consent } from './Consent';

export interface Request {
  clientId: string;
  scopes: string[];
  redirect: string | undefined;
  state: string | undefined;
  responseType: string | undefined;
  permissions: bigint;
  guildId: string | undefined;
  lockGuild: boolean;
}

function read(): Request {
  const query = new URLSearchParams(location.search);
  const get = (name: string) => query.get(name) ?? undefined;
  const bits = get('permissions') ?? '0';
  return {
    clientId: get('client_id') ?? '',
    scopes: [...new Set((get('scope') ?? '').split(/[\s+]+/).filter(Boolean))],
    redirect: get('redirect_uri'),
    state: get('state'),
    responseType: get('response_type'),
    permissions: /^\d{1,20}$/.test(bits) ? BigInt(bits) : 0n,
    guildId: get('guild_id'),
    lockGuild: get('disable_guild_select') === 'true',
  };
}

export default function Authorize() {
  const { t } = useLingui();
  const known = useScopes();
  const [request] = useState(read);
  const me = useMe();
  const app = useLoad(() => api('GET /oauth2/applications/{id}/public', { path: { id: request.clientId } }));
  const refuse = (title: string, text: string) => (
    <EmptyState
      icon={<ErrorDrawing />}
      title={title}
      text={text}
      action={<LinkButton onClick={() => goTo(HOME)}>{t`To the messages`}</LinkButton>}
    />
  );
  const problem = () => {
    if (!/^\d{1,20}$/.test(request.clientId)) return t`The address names no application.`;
    if (request.scopes.length === 0) return t`The address does not say what the application wants.`;
    const strange = request.scopes.find((scope) => !known[scope]);
    if (strange) return t`The application asks for something this server does not know: ${strange}.`;
    return undefined;
  };
  const bad = problem();
  return (
    <Layer kind="panel" modal>
      <main className={styles.page}>
        <div className={styles.card}>
          <Wordmark size={24} />
          {bad ? (
            refuse(t`This link is not right`, bad)
          ) : app.error instanceof ApiError && app.error.status === 404 ? (
            refuse(t`There is no such application`, t`It may have been deleted.`)
          ) : (
            <Loaded of={app}>
              {(data) => {
                const { redirect, scopes } = request;
                const needs = scopes.some((scope) => scope !== 'bot');
                if (redirect && !data.redirect_uris.includes(redirect)) {
                  return refuse(
                    t`This link is not right`,
                    t`It would lead back to an address that the application has not registered.`,
                  );
                }
                if (needs && !redirect) {
                  return refuse(t`This link is not right`, t`It does not say where to return to.`);
                }
                return (
                  <>
                    <header className={styles.head}>
                      <Avatar name={data.name} seed={data.id} shape="square" size={64} />
                      <h1 className={styles.title}>{data.name}</h1>
                      {data.bot && <Pill tone="accent">{t`bot`}</Pill>}
                      <p className={styles.quiet}>
                        {needs ? t`wants to use your account` : t`wants to join a community of yours`}
                      </p>
                    </header>
                    {me && (
                      <div className={styles.me}>
                        <Avatar user={me} size={32} />
                        <span>
                          {t`Signed in as`} <bdi>{me.global_name ?? me.username}</bdi>
                        </span>
                        <Button
                          size="s"
                          variant="ghost"
                          onClick={() =>
                            goTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
                          }
                        >{t`Switch`}</Button>
                      </div>
                    )}
                    <Consent request={request} name={data.name} />
                  </>
                );
              }}
            </Loaded>
          )}
        </div>
      </main>
    </Layer>
  );
}
