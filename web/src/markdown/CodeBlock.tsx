import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import WrapText from 'lucide-react/icons/wrap-text';
import { use, useEffect, useState } from 'react';
import { announce, Button, IconButton } from '#/ui';
import { RenderContext } from './context';
import { highlight, type Piece } from './highlight';
import styles from './markdown.module.css';

const SHOWN_LINES = 20;

/** Code with its language, copied or wrapped by a button; a long one is folded. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const { t } = useLingui();
  const { context } = use(RenderContext);
  const [wrapped, setWrapped] = useState(false);
  const [expanded, setExpanded] = useState(false);
  const lines = text.split('\n');
  const folded = !expanded && lines.length > SHOWN_LINES + 4;
  const shown = folded ? lines.slice(0, SHOWN_LINES).join('\n') : text;
  const pieces = usePieces(language, shown);
  if (context === 'snippet') return <code className={styles.code}>{text}</code>;
  return (
    <figure className={styles.codeBlock} dir="ltr">
      <figcaption className={styles.codeBar}>
        <span className={styles.codeLabel}>{language || t`Code`}</span>
        <IconButton
          size="s"
          label={t`Wrap lines`}
          pressed={wrapped}
          icon={<WrapText size={16} strokeWidth={1.75} />}
          onClick={() => setWrapped(!wrapped)}
        />
        <CopyButton text={text} />
      </figcaption>
      <pre className={wrapped ? styles.wrapped : styles.pre} tabIndex={wrapped ? undefined : 0}>
        <code>{pieces ? pieces.map(paint) : shown}</code>
      </pre>
      {lines.length > SHOWN_LINES + 4 ? (
        <Button variant="ghost" size="s" className={styles.codeMore} onClick={() => setExpanded(!expanded)}>
          {folded ? t`Show all ${lines.length} lines` : t`Show less`}
        </Button>
      ) : null}
    </figure>
  );
}

function paint([text, scope]: Piece, i: number) {
  if (!scope) return text;
  return (
    <span key={i} data-scope={scope.split('.')[0]}>
      {text}
    </span>
  );
}

/** The colours of a code, once there was time for them. */
function usePieces(language: string, text: string): Piece[] | null {
  const [found, setFound] = useState<{ of: string; pieces: Piece[] | null } | null>(null);
  const key = `${language}\n${text}`;
  useEffect(() => {
    let gone = false;
    const start = () =>
      highlight(language, text).then((pieces) => {
        if (!gone) setFound({ of: `${language}\n${text}`, pieces });
      });
    const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
    idle(start, { timeout: 500 });
    return () => {
      gone = true;
    };
  }, [language, text]);
  return found?.of === key ? found.pieces : null;
}

function CopyButton({ text }: { text: string }) {
  const { t } = useLingui();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    announce(t`Copied`, 'polite');
  };
  return (
    <IconButton
      size="s"
      label={done ? t`Copied` : t`Copy code`}
      icon={done ? <Check size={16} strokeWidth={1.75} /> : <Copy size={16} strokeWidth={1.75} />}
      onClick={copy}
    />
  );
}
