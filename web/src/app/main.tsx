import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root) {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Trans>Loading</Trans>
      </I18nProvider>
    </StrictMode>,
  );
}
