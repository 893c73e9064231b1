import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import { formatLongDate } from '#/i18n';
import { Avatar, Button, confirm, EmptyState, LockDrawing } from '#/ui';
import { Row, Section } from './Frame';
import { useLoad, useRun } from './form';
import { Loaded } from './Loaded';
import { useScopes } from './scopes';

export default function ConnectedApps() {
  const { t } = useLingui();
  const scopes = useScopes();
  const { run } = useRun();
  const apps = useLoad(() => api('GET /oauth2/@me/authorizations'));
  const revoke = async (id: string, name: string) => {
    const yes = await confirm({
      title: t`Take back what ${name} may do?`,
      body: (
        <p>{t`It loses access to your account at once. A bot of it stays in communities until it is removed there.`}</p>
      ),
      action: t`Take back`,
      danger: true,
    });
    if (!yes) return;
    await run(async () => {
      await api('DELETE /oauth2/@me/authorizations/{applicationId}', { path: { applicationId: id } });
      apps.reload();
    });
  };
  return (
    <Loaded of={apps}>
      {(list) =>
        list.length === 0 ? (
          <EmptyState
            icon={<LockDrawing />}
            title={t`No applications`}
            text={t`Applications you let use your account are listed here.`}
          />
        ) : (
          <Section hint={t`What these applications may see or do, you have allowed.`} lines>
            {list.map(({ application, authorized_at, scopes: granted }) => (
              <Row
                key={application.id}
                icon={<Avatar name={application.name} seed={application.id} shape="square" size={40} />}
                title={application.name}
                text={
                  <>
                    {t`Since ${formatLongDate(authorized_at)}`}
                    {granted.map((scope) => (
                      <div key={scope}>{scopes[scope]?.label ?? scope}</div>
                    ))}
                  </>
                }
              >
                <Button onClick={() => void revoke(application.id, application.name)}>{t`Take back`}</Button>
              </Row>
            ))}
          </Section>
        )
      }
    </Loaded>
  );
}
