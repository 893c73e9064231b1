import { plural, t } from '@lingui/core/macro';
import { Bit } from '#/model/permissions';
import { entity, permissions } from '#/store';
import { confirm } from '#/ui';

const MANY = 50;

/** Asks once when a mention would reach many people, and says how many. */
export async function announceEveryone(
  text: string,
  guildId: string | undefined,
  channelId: string,
): Promise<boolean> {
  if (!guildId || !/@(?:everyone|here)/.test(text)) return true;
  if (!permissions(guildId, channelId).has(Bit.MENTION_EVERYONE)) return true;
  const guild = entity('guilds', guildId);
  const count = (text.includes('@everyone') ? guild?.member_count : guild?.online_count) ?? 0;
  if (count <= MANY) return true;
  return confirm({
    title: t`Mention so many people?`,
    body: plural(count, { one: 'This tells # person.', other: 'This tells # people.' }),
    action: t`Send`,
  });
}
