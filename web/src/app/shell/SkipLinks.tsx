import { Trans } from '@lingui/react/macro';
import { setPreferences, usePreferences } from '#/ui/preferences';
import { openDrawer, useLayout } from '../layout';
import css from './SkipLinks.module.css';

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

function toChannels() {
  if (useLayout.getState().width === 'tablet') openDrawer();
  requestAnimationFrame(() => focus('[data-region="channels"] [data-item][tabindex="0"]'));
}

/** What Tab meets first: the ways past the lists. */
export function SkipLinks() {
  const reader = usePreferences((p) => p.readerMode);
  return (
    <div className={css.links}>
      <button type="button" onClick={() => focus('[data-region="messages"], main')}>
        <Trans>Skip to messages</Trans>
      </button>
      <button type="button" onClick={() => focus('[data-region="composer"] textarea, main textarea')}>
        <Trans>Skip to writing</Trans>
      </button>
      <button type="button" onClick={toChannels}>
        <Trans>Skip to channels</Trans>
      </button>
      <button type="button" aria-pressed={reader} onClick={() => setPreferences({ readerMode: !reader })}>
        <Trans>Reader mode</Trans>
      </button>
    </div>
  );
}
