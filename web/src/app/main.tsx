import './trusted';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '#/ui/styles/index.css';
import { SudoHost } from '#/features/settings/SudoHost';
import { i18n, setFormats, startLanguage } from '#/i18n';
import { session } from '#/store';
import { loadDiscovery } from '#/store/session';
import { firstViewStands } from '#/ui/later';
import { Overlays } from '#/ui/Overlays';
import { preferences, usePreferences } from '#/ui/preferences';
import { startTheme } from '#/ui/theme';
import { startWorker } from '#/worker/register';
import { startBackground } from './background';
import { Routes } from './router';

const root = document.getElementById('root');
if (root) {
  void session.start();
  startBackground();
  startTheme();
  setFormats({ hour12: preferences().hour12 });
  usePreferences.subscribe(({ hour12 }, before) => {
    if (hour12 !== before.hour12) setFormats({ hour12 });
  });
  // The description is in the page; only during development it has to be asked for.
  void Promise.all([startLanguage(preferences().locale), loadDiscovery().catch(() => {})]).then(() =>
    createRoot(root).render(
      <StrictMode>
        <I18nProvider i18n={i18n}>
          <Routes />
          <SudoHost />
          <Overlays />
        </I18nProvider>
      </StrictMode>,
    ),
  );
  // After the first view: what it keeps must not compete with what is needed now.
  addEventListener('load', () =>
    setTimeout(() => {
      firstViewStands();
      void startWorker().catch(() => undefined);
    }, 3000),
  );
}
