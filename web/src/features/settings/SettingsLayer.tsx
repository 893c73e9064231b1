import { useLingui } from '@lingui/react/macro';
import { goTo, useLayout } from '#/app/layout';
import { HOME } from '#/app/links';
import { goBack } from '#/app/navigation';
import { useCanGoBack, useParams } from '#/app/routing';
import { useMe } from '#/store';
import { Avatar } from '#/ui';
import { SettingsFrame } from './Frame';
import { type PageId, usePages, views } from './pages';
import styles from './SettingsLayer.module.css';

/** The person's settings, a layer over the app whose page is in the address. */
export default function SettingsLayer() {
  const { t } = useLingui();
  const { page } = useParams();
  const back = useCanGoBack();
  const groups = usePages();
  const me = useMe();
  const phone = () => window.matchMedia('(max-width: 760px)').matches;
  const close = () => {
    if (back) goBack();
    else goTo(useLayout.getState().lastPlace || HOME, true);
  };
  const View = views[page as PageId] ?? views.profile;
  return (
    <SettingsFrame
      title={t`Settings`}
      head={
        me && (
          <div className={styles.me}>
            <Avatar user={me} size={36} />
            <div className={styles.names}>
              <div className={styles.name} dir="auto">
                {me.global_name ?? me.username}
              </div>
              <bdi className={styles.tag}>
                {me.username}#{me.discriminator}
              </bdi>
            </div>
          </div>
        )
      }
      groups={groups}
      current={page}
      onSelect={(id) => goTo(`/settings/${id}`, !phone())}
      onBack={() => (back ? goBack() : goTo('/settings', true))}
      onClose={close}
    >
      <View key={page} />
    </SettingsFrame>
  );
}
