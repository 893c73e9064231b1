import { Bit } from '#/model/permissions';
import { entity, list, permissions } from '#/store';

export interface Place {
  id: string;
  names: string[];
  hint: string;
}

/** Where one may write: conversations first, then the channels of each community. */
export function places(dms: readonly string[], guilds = list('guilds')): Place[] {
  const result: Place[] = dms.flatMap((id) => {
    const channel = entity('channels', id);
    const people = channel?.recipients?.map((user) => user.global_name || user.username) ?? [];
    const name = channel?.name || people.join(', ');
    return name ? [{ id, names: [name], hint: '' }] : [];
  });
  for (const guildId of guilds) {
    const guild = entity('guilds', guildId)?.name ?? '';
    for (const id of list('channels', guildId)) {
      const channel = entity('channels', id);
      if (channel?.type !== 0 || !permissions(guildId, id).has(Bit.VIEW_CHANNEL | Bit.SEND_MESSAGES))
        continue;
      result.push({ id, names: [`#${channel.name ?? ''}`, channel.name ?? ''], hint: guild });
    }
  }
  return result;
}
