import { useLingui } from '@lingui/react/macro';
import type { BitName } from '#/model/permissions';

/** Every permission in a few words, and which are dangerous. */
export function usePermissionNames(): { bit: BitName; label: string; danger?: boolean }[] {
  const { t } = useLingui();
  return [
    { bit: 'ADMINISTRATOR', label: t`Administrator: everything`, danger: true },
    { bit: 'MANAGE_GUILD', label: t`Manage the community`, danger: true },
    { bit: 'MANAGE_ROLES', label: t`Manage roles`, danger: true },
    { bit: 'MANAGE_CHANNELS', label: t`Manage channels`, danger: true },
    { bit: 'MANAGE_WEBHOOKS', label: t`Manage webhooks`, danger: true },
    { bit: 'MANAGE_EXPRESSIONS', label: t`Manage emoji and stickers` },
    { bit: 'CREATE_EXPRESSIONS', label: t`Add emoji and stickers` },
    { bit: 'VIEW_AUDIT_LOG', label: t`See the audit log` },
    { bit: 'CREATE_INSTANT_INVITE', label: t`Invite people` },
    { bit: 'KICK_MEMBERS', label: t`Remove members`, danger: true },
    { bit: 'BAN_MEMBERS', label: t`Ban members`, danger: true },
    { bit: 'MODERATE_MEMBERS', label: t`Silence members for a time`, danger: true },
    { bit: 'CHANGE_NICKNAME', label: t`Change the own nickname` },
    { bit: 'MANAGE_NICKNAMES', label: t`Change nicknames of others` },
    { bit: 'VIEW_CHANNEL', label: t`See channels` },
    { bit: 'SEND_MESSAGES', label: t`Send messages` },
    { bit: 'READ_MESSAGE_HISTORY', label: t`Read earlier messages` },
    { bit: 'EMBED_LINKS', label: t`Link previews` },
    { bit: 'ATTACH_FILES', label: t`Attach files` },
    { bit: 'ADD_REACTIONS', label: t`Add reactions` },
    { bit: 'USE_EXTERNAL_EMOJIS', label: t`Use emoji of other communities` },
    { bit: 'USE_EXTERNAL_STICKERS', label: t`Use stickers of other communities` },
    { bit: 'MENTION_EVERYONE', label: t`Mention everyone and all roles`, danger: true },
    { bit: 'MANAGE_MESSAGES', label: t`Delete messages of others`, danger: true },
    { bit: 'PIN_MESSAGES', label: t`Pin messages` },
    { bit: 'BYPASS_SLOWMODE', label: t`Write without slow mode` },
    { bit: 'SEND_TTS_MESSAGES', label: t`Send messages read aloud` },
    { bit: 'CONNECT', label: t`Join voice channels` },
    { bit: 'SPEAK', label: t`Speak` },
    { bit: 'STREAM', label: t`Camera and screen` },
    { bit: 'USE_VAD', label: t`Speak without push-to-talk` },
    { bit: 'PRIORITY_SPEAKER', label: t`Be heard before others` },
    { bit: 'MUTE_MEMBERS', label: t`Mute others` },
    { bit: 'DEAFEN_MEMBERS', label: t`Deafen others` },
    { bit: 'MOVE_MEMBERS', label: t`Move others between channels` },
    { bit: 'UPDATE_RTC_REGION', label: t`Choose the voice region` },
  ];
}
