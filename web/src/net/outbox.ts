// A message of the queue as a request: JSON, or a form when files go with it.
import type { Attachment } from '#/api/types';
import type { Outgoing } from '#/store/types';

const SPOILER = 8;
const VOICE = 8192;

export function bodyOf(
  nonce: string,
  outgoing: Outgoing,
): { json: Record<string, unknown>; files: FormFile[] } {
  const files = outgoing.files ?? [];
  const attachments = files.map((file, id) => ({
    id,
    filename: file.name,
    flags: file.spoiler ? SPOILER : 0,
    ...(file.description ? { description: file.description } : {}),
    ...(file.voice ? { duration: Math.round(file.voice.duration), waveform: file.voice.waveform } : {}),
  })) satisfies (Partial<Omit<Attachment, 'id'>> & { id: number })[];
  const voice = files.some((file) => file.voice);
  const flags = (outgoing.flags ?? 0) | (voice ? VOICE : 0);
  const { reply, forward } = outgoing;
  const json: Record<string, unknown> = { nonce };
  if (outgoing.content) json['content'] = outgoing.content;
  if (flags) json['flags'] = flags;
  if (outgoing.tts) json['tts'] = true;
  if (outgoing.stickers?.length) json['sticker_ids'] = outgoing.stickers;
  if (outgoing.favoriteMemeId) json['favorite_meme_id'] = outgoing.favoriteMemeId;
  if (attachments.length) json['attachments'] = attachments;
  if (reply) {
    json['message_reference'] = { message_id: reply.messageId, type: 0 };
    if (!reply.mention) json['allowed_mentions'] = { replied_user: false };
  }
  if (forward) {
    json['message_reference'] = {
      message_id: forward.messageId,
      channel_id: forward.channelId,
      ...(forward.guildId ? { guild_id: forward.guildId } : {}),
      type: 1,
    };
  }
  return {
    json,
    files: files.map((file, id) => ({ name: `files[${id}]`, blob: file.blob, filename: file.name })),
  };
}
export interface FormFile {
  name: string;
  blob: Blob;
  filename?: string;
}
