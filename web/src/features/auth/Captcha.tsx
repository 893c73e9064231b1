// The captcha of the instance's provider. Its script is loaded only when the server asked for an answer.
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { discovery } from '#/store/session';
import { Banner, Button } from '#/ui';
import css from './auth.module.css';

export interface CaptchaAnswer {
  token: string;
  type: string;
}

interface Widget {
  render: (at: HTMLElement, options: Record<string, unknown>) => unknown;
}

const scripts: Record<string, string> = {
  hcaptcha: 'https://js.hcaptcha.com/1/api.js?render=explicit',
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit',
};

function load(provider: string): Promise<Widget> {
  const found = () => (globalThis as Record<string, unknown>)[provider] as Widget | undefined;
  const widget = found();
  const address = scripts[provider];
  if (widget) return Promise.resolve(widget);
  return new Promise((resolve, reject) => {
    if (!address) return reject(new Error(provider));
    const script = document.createElement('script');
    script.src = address;
    script.async = true;
    script.onload = () => {
      const ready = found();
      if (ready) resolve(ready);
      else reject(new Error(provider));
    };
    script.onerror = () => reject(new Error(provider));
    document.head.append(script);
  });
}

export function Captcha({ onAnswer }: { onAnswer: (answer: CaptchaAnswer | null) => void }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const { provider, hcaptcha_site_key, turnstile_site_key } = discovery().captcha;
  const key = provider === 'hcaptcha' ? hcaptcha_site_key : turnstile_site_key;
  useEffect(() => {
    let gone = false;
    load(provider).then(
      (widget) => {
        if (gone || !box.current) return;
        widget.render(box.current, {
          sitekey: key,
          theme: getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light',
          callback: (token: string) => onAnswer({ token, type: provider }),
          'error-callback': () => setFailed(true),
        });
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [provider, key, onAnswer]);
  return (
    <section className={css.captcha} aria-label={t`Are you a person?`}>
      <p>
        <Trans>This server wants to know that a person is asking.</Trans>
      </p>
      <div ref={box} />
      {failed && (
        <Banner kind="error">
          <Trans>The check could not be loaded. A content blocker may be in its way.</Trans>
        </Banner>
      )}
      <Button variant="ghost" size="s" onClick={() => onAnswer(null)}>
        <Trans>Cancel</Trans>
      </Button>
    </section>
  );
}
