import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, TextField } from '#/ui';

interface CodeFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
  /** Letters and digits as mails have them, or digits only as apps have them. */
  kind?: 'mail' | 'digits' | 'any';
}

/** A code from elsewhere: pasting and the phone's own filling-in work. */
export function CodeField({ kind = 'digits', value, onChange, ...rest }: CodeFieldProps) {
  return (
    <TextField
      {...rest}
      dir="ltr"
      autoFocus
      autoComplete="one-time-code"
      inputMode={kind === 'digits' ? 'numeric' : 'text'}
      autoCapitalize={kind === 'mail' ? 'characters' : 'none'}
      spellCheck={false}
      maxLength={32}
      value={value}
      onChange={(text) => {
        const clean = text.trim();
        if (kind === 'digits') onChange(clean.replace(/\D/g, '').slice(0, 6));
        else if (kind === 'mail') onChange(dashed(clean));
        else onChange(clean);
      }}
    />
  );
}

/** XXXX-XXXX, as in the mail. */
const dashed = (text: string) => {
  const plain = text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 8);
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain;
};

/** A button that waits half a minute between two sendings. */
export function ResendButton({ onSend, wait = 30 }: { onSend: () => Promise<unknown>; wait?: number }) {
  const { t } = useLingui();
  const [left, setLeft] = useState(wait);
  const waiting = left > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  return (
    <Button
      variant="ghost"
      size="s"
      disabled={waiting}
      onClick={() => {
        setLeft(wait);
        void onSend();
      }}
    >
      {waiting ? t`Send again in ${left} s` : t`Send again`}
    </Button>
  );
}
