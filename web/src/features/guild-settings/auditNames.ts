import { useLingui } from '@lingui/react/macro';
import type { Query } from '#/api/types';

export type Action = NonNullable<Query<'GET /guilds/{guild_id}/audit-logs'>['action_type']>;

/** What was done, as it reads after a name. */
export function useActionNames(): Partial<Record<Action, string>> {
  const { t } = useLingui();
  return {
    1: t`changed the community`,
    10: t`made a channel`,
    11: t`changed a channel`,
    12: t`deleted a channel`,
    20: t`removed a member`,
    22: t`banned somebody`,
    23: t`ended a ban`,
    24: t`changed a member`,
    25: t`changed somebody's roles`,
    26: t`moved people between voice channels`,
    27: t`disconnected people from voice`,
    28: t`added a bot`,
    30: t`made a role`,
    31: t`changed a role`,
    32: t`deleted a role`,
    40: t`made an invite`,
    42: t`took an invite back`,
    50: t`made a webhook`,
    51: t`changed a webhook`,
    52: t`deleted a webhook`,
    60: t`added an emoji`,
    61: t`renamed an emoji`,
    62: t`deleted an emoji`,
    72: t`deleted a message`,
    73: t`deleted messages`,
    74: t`pinned a message`,
    75: t`unpinned a message`,
    90: t`added a sticker`,
    91: t`changed a sticker`,
    92: t`deleted a sticker`,
  };
}

/** Keys of changes that say nothing to a person, or the same as another. */
export const SILENT = new Set([
  'guild_id',
  'channel_id',
  'role_id',
  'user_id',
  'emoji_id',
  'sticker_id',
  'creator_id',
  'id',
  'banner_width',
  'banner_height',
  'splash_width',
  'splash_height',
  'embed_splash_width',
  'embed_splash_height',
  'member_count',
  'created_at',
  'moderator_id',
  'banned_at',
]);

export function useKeyNames(): Record<string, string> {
  const { t } = useLingui();
  return {
    name: t`Name`,
    topic: t`Topic`,
    nick: t`Nickname`,
    roles: t`Roles`,
    permissions: t`Permissions`,
    permissions_diff: t`Permissions`,
    position: t`Position`,
    color: t`Colour`,
    hoist: t`Shown apart`,
    mentionable: t`May be mentioned`,
    owner_id: t`Owner`,
    icon_hash: t`Icon`,
    banner_hash: t`Banner`,
    avatar_hash: t`Avatar`,
    verification_level: t`Verification`,
    nsfw: t`Age-restricted`,
    rate_limit_per_user: t`Slow mode`,
    parent_id: t`Category`,
    type: t`Kind`,
    max_age: t`Lifetime`,
    max_uses: t`Uses`,
    temporary: t`Temporary`,
    code: t`Code`,
    reason: t`Reason`,
    communication_disabled_until: t`Silenced until`,
    features: t`Features`,
  };
}
