import { useLingui } from '@lingui/react/macro';
import { entity } from '#/store';
import type { AuthorKind, Filter, Kind } from './query';

/** Says a filter in words. */
export function useFilterText(): (filter: Filter) => string {
  const { t } = useLingui();
  const kinds = useKindNames();
  const authors = useAuthorNames();
  const person = (id: string) => {
    const user = entity('users', id);
    return user?.global_name || user?.username || id;
  };
  return (filter) => {
    switch (filter.name) {
      case 'from':
        return filter.not ? t`not from ${person(filter.value)}` : t`from ${person(filter.value)}`;
      case 'mentions':
        return filter.not ? t`not to ${person(filter.value)}` : t`mentions ${person(filter.value)}`;
      case 'in':
        return t`in #${entity('channels', filter.value)?.name ?? filter.value}`;
      case 'has':
        return filter.not ? t`without ${kinds[filter.value]}` : t`with ${kinds[filter.value]}`;
      case 'type':
        return filter.not ? t`not by ${authors[filter.value]}` : t`by ${authors[filter.value]}`;
      case 'link':
        return filter.not ? t`no link to ${filter.value}` : t`link to ${filter.value}`;
      case 'file':
        return filter.not ? t`no file ${filter.value}` : t`file ${filter.value}`;
      case 'ext':
        return filter.not ? t`no .${filter.value} file` : t`.${filter.value} file`;
      case 'before':
        return t`before ${filter.value}`;
      case 'after':
        return t`after ${filter.value}`;
      case 'on':
        return t`on ${filter.value}`;
      case 'pinned':
        return filter.value ? t`pinned` : t`not pinned`;
    }
  };
}

export function useKindNames(): Record<Kind, string> {
  const { t } = useLingui();
  return {
    image: t`an image`,
    video: t`a video`,
    sound: t`a sound`,
    file: t`a file`,
    link: t`a link`,
    embed: t`an embed`,
    sticker: t`a sticker`,
    snapshot: t`something forwarded`,
  };
}

export function useAuthorNames(): Record<AuthorKind, string> {
  const { t } = useLingui();
  return { user: t`people`, bot: t`bots`, webhook: t`webhooks` };
}
