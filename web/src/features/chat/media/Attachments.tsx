import type { Attachment, Message } from '#/api/types';
import { useSettings } from '#/store';
import { usePreferences } from '#/ui';
import { FileCard } from './FileCard';
import { Mosaic } from './Mosaic';
import { COMPACT_ATTACHMENTS, kindOf, VOICE_MESSAGE } from './media';
import { AudioPlayer } from './Player';
import { VoiceMessage } from './VoiceMessage';

interface Props {
  message: Pick<Message, 'id' | 'channel_id' | 'flags' | 'attachments' | 'author'>;
}

/** Pictures and films in a mosaic, sounds as players, everything else as cards. */
export function Attachments({ message }: Props) {
  const settings = useSettings();
  const small = usePreferences((p) => p.mediaSize === 'small');
  const files = message.attachments ?? [];
  if (files.length === 0) return null;
  const inline = settings?.inline_attachment_media !== false;
  const shown = (file: Attachment) => {
    const kind = kindOf(file);
    return inline && !file.expired && Boolean(file.url) && (kind === 'image' || kind === 'video');
  };
  const media = files.filter(shown);
  const others = files.filter((file) => !shown(file));
  const most =
    small || message.flags & COMPACT_ATTACHMENTS ? { width: 400, height: 300 } : { width: 550, height: 400 };
  return (
    <>
      {media.length ? <Mosaic files={media} message={message} most={most} /> : null}
      {others.map((file) =>
        file.waveform && message.flags & VOICE_MESSAGE ? (
          <VoiceMessage key={file.id} file={file} messageId={message.id} />
        ) : kindOf(file) === 'audio' && file.url && !file.expired ? (
          <AudioPlayer key={file.id} file={file} />
        ) : (
          <FileCard key={file.id} file={file} />
        ),
      )}
    </>
  );
}
