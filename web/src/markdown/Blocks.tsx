import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { later } from '#/ui/later';
import { Inlines } from './Inlines';
import styles from './markdown.module.css';
import { SpoilerBlock } from './Spoiler';
import type { AlertKind, Block, List } from './types';

const AlertTitle = later(() => import('./Alert').then((part) => part.AlertTitle));
const CodeBlock = later(
  () => import('./CodeBlock').then((part) => part.CodeBlock),
  ({ text }) => (
    <pre className={styles.pre} dir="ltr">
      <code>{text}</code>
    </pre>
  ),
);

interface Props {
  nodes: Block[];
  after?: ReactNode;
  jumbo?: boolean;
}

export function Blocks({ nodes, after, jumbo }: Props) {
  const last = nodes.length - 1;
  const takesAfter = nodes[last]?.type === 'paragraph';
  return (
    <>
      {nodes.map((node, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
        <OneBlock key={i} node={node} jumbo={jumbo} after={takesAfter && i === last ? after : undefined} />
      ))}
      {after && !takesAfter ? <div className={styles.after}>{after}</div> : null}
    </>
  );
}

function OneBlock({ node, after, jumbo }: { node: Block; after?: ReactNode; jumbo?: boolean }) {
  switch (node.type) {
    case 'paragraph':
      return (
        <p dir="auto" className={jumbo ? styles.jumbo : styles.paragraph}>
          <Inlines nodes={node.children} />
          {after}
        </p>
      );
    case 'heading':
      // Headings of a text are no headings of the page, which would drown its outline.
      return (
        <p dir="auto" className={styles[`heading${node.level}`]}>
          <Inlines nodes={node.children} />
        </p>
      );
    case 'subtext':
      return (
        <p dir="auto" className={styles.subtext}>
          <Inlines nodes={node.children} />
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto" className={styles.quote}>
          <Blocks nodes={node.children} />
        </blockquote>
      );
    case 'alert':
      return <Alert kind={node.kind} nodes={node.children} />;
    case 'list':
      return <ListOf list={node} />;
    case 'code-block':
      return <CodeBlock language={node.language} text={node.text} />;
    case 'formula':
      return <CodeBlock language="latex" text={node.text} />;
    case 'spoiler-block':
      return (
        <SpoilerBlock>
          <Blocks nodes={node.children} />
        </SpoilerBlock>
      );
    case 'table':
      return <Table node={node} />;
  }
}

function ListOf({ list }: { list: List }) {
  const items = list.items.map((item, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
    <li key={i}>
      <Inlines nodes={item.children} />
      {item.lists.map((inner, j) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
        <ListOf key={j} list={inner} />
      ))}
    </li>
  ));
  return list.ordered ? (
    <ol dir="auto" start={list.start} className={styles.list}>
      {items}
    </ol>
  ) : (
    <ul dir="auto" className={styles.list}>
      {items}
    </ul>
  );
}

function Table({ node }: { node: Extract<Block, { type: 'table' }> }) {
  const { t } = useLingui();
  const cell = (i: number) => ({ textAlign: node.align[i] ?? 'start' }) as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys
    // biome-ignore lint/a11y/useSemanticElements: a section would need a heading
    <div className={styles.tableScroll} role="region" aria-label={t`Table`} tabIndex={0}>
      <table dir="auto" className={styles.table}>
        <thead>
          <tr>
            {node.head.map((nodes, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
              <th key={i} scope="col" style={cell(i)}>
                <Inlines nodes={nodes} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {node.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
            <tr key={i}>
              {row.map((nodes, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
                <td key={j} style={cell(j)}>
                  <Inlines nodes={nodes} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Alert({ kind, nodes }: { kind: AlertKind; nodes: Block[] }) {
  return (
    <div dir="auto" className={styles.alert} data-kind={kind}>
      <AlertTitle kind={kind} />
      <Blocks nodes={nodes} />
    </div>
  );
}
