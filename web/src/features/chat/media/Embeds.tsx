import type { Embed, Message } from '#/api/types';
import { useSettings } from '#/store';
import styles from './Embed.module.css';
import { EmbedCard } from './EmbedCard';
import { EmbedMedia, GifEmbed } from './EmbedMedia';
import { bareImage, groupGalleries, safe } from './embed';

interface Props {
  embeds: Embed[];
  message: Message;
  guildId?: string;
}

export function Embeds({ embeds, message, guildId }: Props) {
  const settings = useSettings();
  if (settings?.render_embeds === false) return null;
  const inline = settings?.inline_embed_media !== false;
  return groupGalleries(embeds).map(({ embed, gallery }, i) => {
    const key = `${embed.url ?? ''}${i}`;
    const media = embed.image ?? embed.thumbnail;
    if (inline && embed.type === 'gifv' && (embed.video || media))
      return <GifEmbed key={key} embed={embed} />;
    if (inline && embed.type === 'image' && media && bareImage(embed, message.content)) {
      return (
        <div key={key} className={styles.bare}>
          <EmbedMedia media={media} link={safe(embed.url ?? media.url)} message={message} />
        </div>
      );
    }
    return (
      <EmbedCard
        key={key}
        embed={embed}
        gallery={gallery}
        message={message}
        guildId={guildId}
        inline={inline}
      />
    );
  });
}
