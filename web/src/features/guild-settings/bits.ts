// The permissions in groups, each with one plain sentence.
import { useLingui } from '@lingui/react/macro';
import { usePermissionNames } from '#/features/settings/permissionNames';
import { Bit, type BitName } from '#/model/permissions';

export interface BitInfo {
  bit: BitName;
  value: bigint;
  label: string;
  danger: boolean;
  hint?: string;
}

const groups: Record<string, BitName[]> = {
  general: [
    'VIEW_CHANNEL',
    'MANAGE_CHANNELS',
    'MANAGE_ROLES',
    'CREATE_EXPRESSIONS',
    'MANAGE_EXPRESSIONS',
    'VIEW_AUDIT_LOG',
    'MANAGE_WEBHOOKS',
    'MANAGE_GUILD',
  ],
  membership: [
    'CREATE_INSTANT_INVITE',
    'CHANGE_NICKNAME',
    'MANAGE_NICKNAMES',
    'KICK_MEMBERS',
    'BAN_MEMBERS',
    'MODERATE_MEMBERS',
  ],
  text: [
    'SEND_MESSAGES',
    'READ_MESSAGE_HISTORY',
    'EMBED_LINKS',
    'ATTACH_FILES',
    'ADD_REACTIONS',
    'USE_EXTERNAL_EMOJIS',
    'USE_EXTERNAL_STICKERS',
    'MENTION_EVERYONE',
    'MANAGE_MESSAGES',
    'PIN_MESSAGES',
    'BYPASS_SLOWMODE',
    'SEND_TTS_MESSAGES',
  ],
  voice: [
    'CONNECT',
    'SPEAK',
    'STREAM',
    'USE_VAD',
    'PRIORITY_SPEAKER',
    'MUTE_MEMBERS',
    'DEAFEN_MEMBERS',
    'MOVE_MEMBERS',
    'UPDATE_RTC_REGION',
  ],
  advanced: ['ADMINISTRATOR'],
};

/** Bits that mean something in a single channel. */
const inChannels = new Set<BitName>([
  'VIEW_CHANNEL',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'MANAGE_WEBHOOKS',
  'CREATE_INSTANT_INVITE',
  ...(groups['text'] ?? []),
  ...(groups['voice'] ?? []),
]);

export function useBitGroups(channelType?: number): { id: string; title: string; bits: BitInfo[] }[] {
  const { t } = useLingui();
  const names = usePermissionNames();
  const titles: Record<string, string> = {
    general: t`General`,
    membership: t`Membership`,
    text: t`Text`,
    voice: t`Voice`,
    advanced: t`Everything`,
  };
  const hints: Partial<Record<BitName, string>> = {
    ADMINISTRATOR: t`Every permission, past every channel's own rules. Give it to people you would give the keys of your home.`,
    MANAGE_ROLES: t`Makes, changes and gives roles below the own highest one, and changes permissions of channels.`,
    MANAGE_GUILD: t`Changes name, picture and rules of the community, and sees every invite.`,
    MANAGE_CHANNELS: t`Makes, changes and deletes channels.`,
    MANAGE_WEBHOOKS: t`Lets programs write under any name.`,
    KICK_MEMBERS: t`Removed people can come back with an invite.`,
    BAN_MEMBERS: t`Banned people cannot come back.`,
    MODERATE_MEMBERS: t`For a time, somebody can read but not write or speak.`,
    MENTION_EVERYONE: t`Notifies everybody at once.`,
    MANAGE_MESSAGES: t`Deletes what others wrote.`,
    READ_MESSAGE_HISTORY: t`Without it only messages sent while looking are seen.`,
    EMBED_LINKS: t`Links show a preview of where they lead.`,
    USE_VAD: t`Without it people hold a key to speak.`,
  };
  const info = (bit: BitName): BitInfo => {
    const known = names.find((one) => one.bit === bit);
    return {
      bit,
      value: Bit[bit],
      label: known?.label ?? bit,
      danger: known?.danger === true,
      ...(hints[bit] ? { hint: hints[bit] } : {}),
    };
  };
  return Object.entries(groups)
    .map(([id, bits]) => ({
      id,
      title: titles[id] ?? id,
      bits: bits
        .filter((bit) => channelType === undefined || inChannels.has(bit))
        .filter((bit) => channelType !== 0 || !(groups['voice'] ?? []).includes(bit))
        .map(info),
    }))
    .filter(({ id, bits }) => bits.length > 0 && !(channelType !== undefined && id === 'advanced'));
}
