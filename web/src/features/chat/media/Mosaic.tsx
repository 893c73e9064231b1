import type { CSSProperties } from 'react';
import type { Attachment, Message } from '#/api/types';
import { cx } from '#/ui';
import { openOverlay } from '../state';
import { channelMedia } from './gallery';
import styles from './Media.module.css';
import { MediaTile } from './MediaTile';
import { type Box, boxFor, kindOf, mosaicRows } from './media';
import { VideoPlayer } from './Player';

interface Props {
  files: Attachment[];
  message: Pick<Message, 'id' | 'channel_id'>;
  most: Box;
}

export function Mosaic({ files, message, most }: Props) {
  const open = (file: Attachment) => {
    const items = channelMedia(message.channel_id);
    const index = items.findIndex((item) => item.attachment?.id === file.id);
    if (index >= 0) openOverlay({ kind: 'lightbox', items, index });
  };
  const [only] = files;
  if (files.length === 1 && only) {
    const box = boxFor(only.width, only.height, most);
    return (
      <div className={styles.single} style={sized(box)}>
        {kindOf(only) === 'video' ? (
          <VideoPlayer file={only} box={box} />
        ) : (
          <MediaTile file={only} box={box} onOpen={() => open(only)} />
        )}
      </div>
    );
  }
  const rows = mosaicRows(files.length);
  const three = files.length === 3;
  let at = 0;
  return (
    <div
      className={cx(styles.mosaic, three && styles.three)}
      style={{ '--most': `${most.width}px` } as CSSProperties}
      data-count={files.length}
    >
      {rows.flatMap((count) => {
        const part = files.slice(at, at + count);
        at += count;
        return part.map((file, i) => {
          const large = three && i === 0;
          const width = three ? (large ? (most.width * 2) / 3 : most.width / 3) : most.width / count;
          const height = large ? width : count === 1 ? width / 2 : width;
          return (
            <div
              key={file.id}
              className={cx(styles.cell, large && styles.large)}
              style={
                three ? undefined : { gridColumn: `span ${6 / count}`, aspectRatio: count === 1 ? '2' : '1' }
              }
            >
              {kindOf(file) === 'video' ? (
                <VideoPlayer file={file} box={{ width, height }} cover />
              ) : (
                <MediaTile file={file} box={{ width, height }} cover onOpen={() => open(file)} />
              )}
            </div>
          );
        });
      })}
    </div>
  );
}

const sized = (box: Box): CSSProperties => ({
  inlineSize: box.width,
  aspectRatio: `${box.width} / ${box.height}`,
});
