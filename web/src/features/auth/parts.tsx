// Small things that every page of the sign-in has.
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ComponentProps, ReactNode } from 'react';
import { goTo } from '#/app/layout';
import { Banner, Button, Tabs, TextField, useErrorText } from '#/ui';
import css from './auth.module.css';
import { Captcha } from './Captcha';
import { type Aim, withAim } from './flow';
import type { Submit } from './submit';

/** A link inside the client: an ordinary link that does not load the page anew. */
export function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      style={{ color: 'var(--link)', fontWeight: 500 }}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(href);
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

export function BackToLogin({ aim = {} }: { aim?: Aim }) {
  return (
    <To href={withAim('/login', aim)}>
      <Trans>Back to sign in</Trans>
    </To>
  );
}

type FieldProps = Omit<ComponentProps<typeof TextField>, 'label'> & { label?: string };

export function EmailField(props: FieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`E-mail`}
      type="email"
      name="email"
      autoComplete="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      {...props}
    />
  );
}

/** A code from elsewhere; it comes when it is wanted, so that it takes the focus. */
export function CodeField(props: FieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Code`}
      className={css.code ?? ''}
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      autoFocus
      required
      {...props}
    />
  );
}

export function SendAgain({
  wait,
  ...look
}: { wait: number } & Pick<ComponentProps<typeof Button>, 'variant' | 'size' | 'wide' | 'onClick'>) {
  return (
    <Button variant="ghost" {...look} disabled={wait > 0}>
      {wait > 0 ? (
        <Plural value={wait} one="Send again in # second" other="Send again in # seconds" />
      ) : (
        <Trans>Send again</Trans>
      )}
    </Button>
  );
}

interface WaysProps<Way extends string> {
  label: string;
  names: Record<Way, string>;
  ways: readonly Way[];
  value: Way;
  onChange: (way: Way) => void;
  children: ReactNode;
}

/** Tabs where there is a choice. */
export function Ways<Way extends string>({ names, ways, children, ...rest }: WaysProps<Way>) {
  if (ways.length < 2) return children;
  return (
    <Tabs {...rest} tabs={ways.map((id) => ({ id, label: names[id] }))}>
      {children}
    </Tabs>
  );
}
