import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import plain from './preview.css?inline';

/** A piece of a conversation under a theme, apart from the page: the theme reaches nothing outside. */
export function Preview({ css }: { css: string }) {
  const { t } = useLingui();
  const host = useRef<HTMLDivElement>(null);
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  useEffect(() => {
    if (host.current) setRoot(host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' }));
  }, []);
  useEffect(() => {
    if (!root) return;
    const sheet = (text: string) => {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      return made;
    };
    // What a theme says of the page's root it says here of the preview.
    const own = css.replace(/:root\b|\bhtml\b/g, ':host');
    root.adoptedStyleSheets = [sheet(plain), sheet(own)];
  }, [root, css]);
  const lines = [
    ['Ada', t`Does it look good?`],
    ['Bob', t`Calm, and easy to read.`],
  ] as const;
  return (
    <div ref={host} role="img" aria-label={t`Preview of the theme`}>
      {root &&
        createPortal(
          <div className="app">
            <div className="rail">
              <i />
              <i />
            </div>
            <div className="sidebar">
              <b>{t`Community`}</b>
              <span className="on"># general</span>
              <span># music</span>
            </div>
            <div className="chat">
              {lines.map(([name, text]) => (
                <p key={name}>
                  <b>{name}</b>
                  {text}
                </p>
              ))}
              <span className="field">
                {t`Message #general`}
                <em>{t`Send`}</em>
              </span>
            </div>
          </div>,
          root as never,
        )}
    </div>
  );
}
