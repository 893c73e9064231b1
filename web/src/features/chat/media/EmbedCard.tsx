import { Trans, useLingui } from '@lingui/react/macro';
import Play from 'lucide-react/icons/play';
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Embed, EmbedMedia as Media, Message } from '#/api/types';
import { formatCalendar, formatExact } from '#/i18n';
import { Markdown } from '#/markdown';
import { proxied } from '#/model/media';
import { LinkButton } from '#/ui';
import styles from './Embed.module.css';
import { EmbedMedia, useMost } from './EmbedMedia';
import { frameOf, isFile, safe } from './embed';
import { boxFor } from './media';

interface Props {
  embed: Embed;
  gallery: Media[];
  message: Message;
  guildId?: string;
  inline: boolean;
}

function Away({
  href,
  className,
  children,
}: {
  href: string | undefined;
  className?: string;
  children: ReactNode;
}) {
  if (!href) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  );
}

function Small({ url, size }: { url: string | null | undefined; size: number }) {
  const [failed, setFailed] = useState(false);
  if (!url || failed) return null;
  return (
    <img
      className={styles.small}
      src={proxied(url, { width: size, height: size })}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      onError={() => setFailed(true)}
    />
  );
}

export function EmbedCard({ embed, gallery, message, guildId, inline }: Props) {
  const color = embed.color ? `#${embed.color.toString(16).padStart(6, '0')}` : undefined;
  const text = (value: string) => (
    <Markdown text={value} context="embed" channelId={message.channel_id} guildId={guildId} />
  );
  const aside =
    embed.thumbnail && (embed.type === 'rich' || embed.type === 'article' || embed.type === 'link');
  const title = embed.title ? <Away href={safe(embed.url)}>{embed.title}</Away> : null;
  return (
    <article
      className={styles.card}
      style={color ? ({ '--bar': color } as CSSProperties) : undefined}
      aria-label={embed.title ?? embed.author?.name ?? embed.provider?.name ?? undefined}
    >
      <div className={styles.words}>
        {embed.provider?.name ? (
          <Away className={styles.provider} href={safe(embed.provider.url)}>
            {embed.provider.name}
          </Away>
        ) : null}
        {embed.author?.name ? (
          <div className={styles.author}>
            <Small url={embed.author.proxy_icon_url} size={20} />
            <Away href={safe(embed.author.url)}>{embed.author.name}</Away>
          </div>
        ) : null}
        {title ? (
          <div className={styles.title} dir="auto">
            {title}
          </div>
        ) : null}
        {embed.description ? (
          <Description key={embed.description}>{text(embed.description)}</Description>
        ) : null}
        {embed.fields?.length ? (
          <div className={styles.fields}>
            {embed.fields.map((field, i) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other name
                key={i}
                className={field.inline ? styles.inlineField : styles.field}
              >
                <div className={styles.fieldName}>{text(field.name)}</div>
                {text(field.value)}
              </div>
            ))}
          </div>
        ) : null}
      </div>
      {aside && embed.thumbnail && inline ? (
        <div className={styles.aside}>
          <EmbedMedia media={embed.thumbnail} message={message} cell />
        </div>
      ) : null}
      {inline ? <Pictures embed={embed} gallery={gallery} message={message} aside={Boolean(aside)} /> : null}
      {embed.footer?.text || embed.timestamp ? (
        <footer className={styles.footer}>
          <Small url={embed.footer?.proxy_icon_url} size={16} />
          <span dir="auto">{embed.footer?.text}</span>
          {embed.footer?.text && embed.timestamp ? ' · ' : null}
          {embed.timestamp ? (
            <time dateTime={embed.timestamp} title={formatExact(embed.timestamp)}>
              {formatCalendar(embed.timestamp)}
            </time>
          ) : null}
        </footer>
      ) : null}
    </article>
  );
}

interface PicturesProps {
  embed: Embed;
  gallery: Media[];
  message: Message;
  aside: boolean;
}

function Pictures({ embed, gallery, message, aside }: PicturesProps) {
  if (embed.video || embed.audio) return <Film embed={embed} />;
  if (gallery.length > 1) {
    return (
      <div className={styles.gallery} data-count={gallery.length}>
        {gallery.map((media) => (
          <EmbedMedia key={media.url} media={media} message={message} cell />
        ))}
      </div>
    );
  }
  const media = embed.image ?? (aside ? null : embed.thumbnail);
  return media ? (
    <div className={styles.picture}>
      <EmbedMedia media={media} message={message} />
    </div>
  ) : null;
}

/** A film or a sound: nothing is asked of another site before a click. */
function Film({ embed }: { embed: Embed }) {
  const { t } = useLingui();
  const most = useMost();
  const [on, setOn] = useState(false);
  const { video, audio } = embed;
  const still = embed.thumbnail ?? embed.image;
  const sized = video?.width ? video : still;
  const box = boxFor(sized?.width, sized?.height, most);
  const style = { inlineSize: box.width, aspectRatio: `${box.width} / ${box.height}` };
  if (audio?.proxy_url) {
    // biome-ignore lint/a11y/useMediaCaption: other people's recordings have none
    return <audio className={styles.audio} src={audio.proxy_url} controls preload="none" />;
  }
  if (on && video?.proxy_url && isFile(video)) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: other people's films have none
      <video className={styles.film} style={style} src={video.proxy_url} controls autoPlay playsInline />
    );
  }
  const frame = frameOf(embed);
  if (on && frame) {
    return (
      <iframe
        className={styles.film}
        style={style}
        src={frame}
        title={embed.title ?? t`Video`}
        sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"
        referrerPolicy="strict-origin"
        allow="autoplay; fullscreen; picture-in-picture"
        loading="lazy"
      />
    );
  }
  const playable = frame || (video?.proxy_url && isFile(video));
  const away = safe(embed.url ?? video?.url);
  return (
    <button
      type="button"
      className={styles.media}
      style={style}
      aria-label={t`Play ${embed.title ?? t`video`}`}
      onClick={() => (playable ? setOn(true) : away && window.open(away, '_blank', 'noopener,noreferrer'))}
    >
      {still?.proxy_url ? (
        <img
          src={proxied(still.proxy_url, box)}
          alt=""
          width={box.width}
          height={box.height}
          loading="lazy"
        />
      ) : null}
      <span className={styles.play}>
        <Play size={28} strokeWidth={1.75} aria-hidden />
      </span>
    </button>
  );
}

const HIGHEST = 350;

function Description({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [long, setLong] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element) setLong(element.scrollHeight > HIGHEST + 24);
  }, []);
  return (
    <div>
      <div ref={box} className={styles.description} data-folded={long && !open ? true : undefined}>
        {children}
      </div>
      {long ? (
        <LinkButton onClick={() => setOpen(!open)}>
          {open ? <Trans>Less</Trans> : <Trans>More</Trans>}
        </LinkButton>
      ) : null}
    </div>
  );
}
