import { CustomEmoji, Emoji, Shortcode } from './Emoji';
import { ExternalLink } from './ExternalLink';
import { ChannelMention, GroupMention, GuidePill, RoleMention, UserMention } from './Mention';
import styles from './markdown.module.css';
import { Spoiler } from './Spoiler';
import { Timestamp } from './Timestamp';
import type { Inline } from './types';

export function Inlines({ nodes }: { nodes: Inline[] }) {
  return nodes.map((node, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree of a text never changes
    <OneInline key={i} node={node} />
  ));
}

function OneInline({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'strong':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'underline':
      return (
        <u>
          <Inlines nodes={node.children} />
        </u>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      );
    case 'spoiler':
      return (
        <Spoiler>
          <Inlines nodes={node.children} />
        </Spoiler>
      );
    case 'code':
      return (
        <code dir="ltr" className={styles.code}>
          {node.text}
        </code>
      );
    case 'link':
      return <ExternalLink node={node} />;
    case 'user':
      return <UserMention id={node.id} />;
    case 'role':
      return <RoleMention id={node.id} />;
    case 'channel':
      return <ChannelMention id={node.id} />;
    case 'everyone':
    case 'here':
      return <GroupMention name={node.type} />;
    case 'command':
      return <span className={styles.pill}>/{node.name}</span>;
    case 'guide':
      return <GuidePill page={node.page} />;
    case 'emoji':
      return <Emoji char={node.text} />;
    case 'shortcode':
      return <Shortcode name={node.name} tone={node.tone} />;
    case 'custom-emoji':
      return <CustomEmoji id={node.id} name={node.name} animated={node.animated} />;
    case 'time':
      return <Timestamp seconds={node.seconds} style={node.style} />;
  }
}
