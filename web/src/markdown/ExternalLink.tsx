import { t } from '@lingui/core/macro';
import { type MouseEvent, use } from 'react';
import { absolute, channelPath, parseChannelLink } from '#/app/links';
import { entity, useEntity, useSettings } from '#/store';
import { confirm, preferences } from '#/ui';
import { RenderContext } from './context';
import { displayUrl, isTrusted } from './display';
import { Inlines } from './Inlines';
import { InnerLink } from './Mention';
import styles from './markdown.module.css';
import type { LinkNode } from './types';

const TEXT = 0;

/** A link out of the client; one whose label hides where it leads asks first. */
export function ExternalLink({ node }: { node: LinkNode }) {
  const { context } = use(RenderContext);
  const trusted = useSettings()?.trusted_domains;
  const target = parseChannelLink(node.url, origin());
  const first = node.children[TEXT];
  const label = node.bare ? (
    displayUrl(first?.type === 'text' ? first.text : node.url, node.url)
  ) : (
    <Inlines nodes={node.children} />
  );
  if (context === 'snippet') return <span className={styles.link}>{label}</span>;
  if (target && node.bare) return <PlacePill {...target} />;
  if (node.url.startsWith(`${origin()}/`) && /^\/(?:invite|theme)\//.test(node.url.slice(origin().length))) {
    return (
      <InnerLink path={node.url.slice(origin().length)} className={styles.link}>
        {label}
      </InnerLink>
    );
  }
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    event.stopPropagation();
    if (node.bare || !preferences().warnLinks || isTrusted(node.url, trusted)) return;
    event.preventDefault();
    void ask(node.url);
  };
  return (
    <a
      className={styles.link}
      href={node.url}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      title={node.bare ? undefined : displayUrl(node.url, node.url)}
      onClick={follow}
      onAuxClick={follow}
    >
      {label}
    </a>
  );
}

const origin = (): string => (typeof location === 'undefined' ? 'http://localhost' : location.origin);

async function ask(url: string): Promise<void> {
  const address = displayUrl(url, url);
  const yes = await confirm({
    title: t`Open this link?`,
    body: t`It leads to ${address}`,
    action: t`Open`,
  });
  if (yes) window.open(url, '_blank', 'noopener,noreferrer');
}

/** A link of this instance to a channel or a message in it. */
function PlacePill({
  guildId,
  channelId,
  messageId,
}: {
  guildId: string;
  channelId: string;
  messageId?: string;
}) {
  const name = useEntity('channels', channelId, (channel) => channel?.name);
  const guild = useEntity('guilds', guildId, (found) => found?.name);
  const path = channelPath(guildId, channelId, messageId);
  if (!name) {
    const known = entity('channels', channelId) !== undefined;
    return (
      <InnerLink path={path} className={known ? styles.pill : styles.link}>
        {known ? t`conversation` : absolute(path)}
      </InnerLink>
    );
  }
  return (
    <InnerLink path={path} className={styles.pill}>
      {guild ? <bdi>{guild}</bdi> : null}
      {guild ? ' › ' : null}
      <bdi>#{name}</bdi>
      {messageId ? ` › ${t`message`}` : null}
    </InnerLink>
  );
}
