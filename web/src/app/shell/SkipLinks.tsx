import { Trans } from '@lingui/react/macro';
import { openDrawer, useLayout } from '../layout';
import css from './SkipLinks.module.css';

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

function toChannels() {
  if (useLayout.getState().width === 'tablet') openDrawer();
  requestAnimationFrame(() => focus('[data-region="channels"] [data-item][tabindex="0"]'));
}

/** What Tab meets first: the ways past the lists. */
export function SkipLinks() {
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
    </div>
  );
}
