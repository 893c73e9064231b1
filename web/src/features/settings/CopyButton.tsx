import { useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce, Button } from '#/ui';

/** Copies a text and says so, on itself and aloud. */
export function CopyButton({ text, label, size = 's' }: { text: string; label?: string; size?: 's' | 'm' }) {
  const { t } = useLingui();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button
      size={size}
      icon={done ? <Check size={16} /> : <Copy size={16} />}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setDone(true);
        announce(t`Copied`);
      }}
    >
      {done ? t`Copied` : (label ?? t`Copy`)}
    </Button>
  );
}
