import { Trans, useLingui } from '@lingui/react/macro';
import { Palette, Unlink } from 'lucide-react';
import { goTo, useLayout } from '#/app/layout';
import { HOME } from '#/app/links';
import { useParams } from '#/app/routing';
import { Page } from '#/features/auth/Page';
import { Banner, Button, ErrorState, Skeleton, setPreferences, toast } from '#/ui';
import { complaint } from './complaint';
import { Preview } from './Preview';
import { useTheme } from './useTheme';

/** A theme somebody shared: seen first, used only when wanted. */
export default function ThemePage() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  const [{ css, gone, error }, again] = useTheme(id);

  const back = () => goTo(useLayout.getState().lastPlace || HOME);
  if (gone)
    return (
      <Page
        title={t`This theme is not here`}
        icon={<Unlink size={30} />}
        kind="danger"
        text={<Trans>The address is wrong, or the theme was removed.</Trans>}
      >
        <Button size="l" wide onClick={back}>
          <Trans>Go home</Trans>
        </Button>
      </Page>
    );
  const refused = css === undefined ? undefined : complaint(css);
  const use = () => {
    setPreferences({ customCss: css ?? '', customCssOn: true });
    toast({ kind: 'success', text: t`The theme is in use. It can be changed in Appearance.` });
    back();
  };
  return (
    <Page
      title={t`A theme for you`}
      icon={<Palette size={30} />}
      text={<Trans>It can change and hide anything on the page. Take it only from people you trust.</Trans>}
    >
      {error ? (
        <ErrorState error={error} onRetry={again} />
      ) : css === undefined ? (
        <Skeleton shape="block" height={240} />
      ) : refused ? (
        <Banner kind="error">
          <Trans>This theme loads things from elsewhere or is too large, so it cannot be used.</Trans>
        </Banner>
      ) : (
        <Preview css={css} />
      )}
      <Button variant="primary" size="l" wide disabled={css === undefined || !!refused} onClick={use}>
        <Trans>Use this theme</Trans>
      </Button>
      <Button variant="ghost" wide onClick={back}>
        <Trans>Not now</Trans>
      </Button>
    </Page>
  );
}
