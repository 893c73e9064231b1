// Small things that every page of the sign-in has.
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Banner, Button, useErrorText } from '#/ui';
import css from './auth.module.css';
import { Captcha } from './Captcha';
import type { Submit } from './submit';

/** A link inside the client: an ordinary link that does not load the page anew. */
export function To({ href, children }: { href: string; children: ReactNode }) {
  const router = useRouter();
  return (
    <a
      href={href}
      style={{ color: 'var(--link)', fontWeight: 500 }}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        router.history.push(href);
      }}
    >
      {children}
    </a>
  );
}

interface FormProps {
  submit: Submit;
  label: string;
  /** Paths whose complaints the fields show themselves. */
  shows: string[];
  children: ReactNode;
  disabled?: boolean;
  after?: ReactNode;
}

export function Form({ submit, label, shows, children, after }: FormProps) {
  const { t } = useLingui();
  const text = useErrorText();
  const rest = submit.rest(...shows);
  return (
    <form
      ref={submit.form}
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit.run();
      }}
    >
      {rest ? <Banner kind="error">{text(rest)}</Banner> : null}
      {children}
      {submit.captcha && <Captcha onAnswer={submit.captcha} />}
      <Button
        type="submit"
        variant="primary"
        size="l"
        wide
        busy={submit.busy}
        {...(submit.wait > 0 ? { reason: t`Too many attempts. Wait a moment.` } : {})}
      >
        {submit.wait > 0 ? (
          <Plural value={submit.wait} one="Try again in # second" other="Try again in # seconds" />
        ) : (
          label
        )}
      </Button>
      {after}
    </form>
  );
}

export function Or() {
  return (
    <div className={css.or}>
      <Trans>or</Trans>
    </div>
  );
}

export function Big({ kind, children }: { kind?: 'danger' | 'positive'; children: ReactNode }) {
  return (
    <span className={css.big} data-kind={kind} aria-hidden="true">
      {children}
    </span>
  );
}
