import type { ReactNode } from 'react';
import styles from './Editor.module.css';
import type { Model } from './model';

const marks = /(\*{1,3}|__|~~|\|\||`+|^(?:#{1,4}|-#|>{1,3})(?= ))/gm;
const DECORATED = 10_000;

function decorate(text: string, key: string): ReactNode {
  if (text.length > DECORATED) return text;
  return text.split(marks).map((part, i) =>
    i % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: redrawn as a whole
      <span key={`${key}.${i}`} className={styles.mark}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}

/** The text of the field once more, painted: mentions as names, marks in the background. */
export function Mirror({ model }: { model: Model }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const token of model.tokens) {
    parts.push(decorate(model.text.slice(at, token.start), `${at}`));
    parts.push(
      <span key={`t${token.start}`} className={styles.token}>
        {model.text.slice(token.start, token.end)}
      </span>,
    );
    at = token.end;
  }
  parts.push(decorate(model.text.slice(at), `${at}`));
  return (
    <>
      {parts}
      {'\n'}
    </>
  );
}
