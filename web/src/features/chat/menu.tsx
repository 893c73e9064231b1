// The menu of a message: the same from a right click, a long press, the menu key and the "more" button.
import { t } from '@lingui/core/macro';
import Bookmark from 'lucide-react/icons/bookmark';
import Copy from 'lucide-react/icons/copy';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import Download from 'lucide-react/icons/download';
import ExternalLink from 'lucide-react/icons/external-link';
import Flag from 'lucide-react/icons/flag';
import Forward from 'lucide-react/icons/forward';
import Hash from 'lucide-react/icons/hash';
import ImagePlus from 'lucide-react/icons/image-plus';
import Link from 'lucide-react/icons/link';
import ListChecks from 'lucide-react/icons/list-checks';
import MailOpen from 'lucide-react/icons/mail-open';
import Pencil from 'lucide-react/icons/pencil';
import Pin from 'lucide-react/icons/pin';
import PinOff from 'lucide-react/icons/pin-off';
import SmilePlus from 'lucide-react/icons/smile-plus';
import Trash2 from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users';
import Volume2 from 'lucide-react/icons/volume-2';
import type { Message } from '#/api/types';
import { entity, me } from '#/store';
import { type MenuEntry, openMenu, preferences } from '#/ui';
import {
  askRemove,
  clearReactions,
  collect,
  copyId,
  copyLink,
  copyText,
  copyUrl,
  forward,
  pickReaction,
  reply,
  report,
  rightsOn,
  SUPPRESS_EMBEDS,
  save,
  speak,
  suppress,
  togglePin,
  toggleReaction,
  unreadFrom,
} from './actions';
import { kindOf } from './media/media';
import { openOverlay, select, startEditing, useChat } from './state';
import { messageText } from './text';

const icon = { size: 18, strokeWidth: 1.75 } as const;

/** Entries for what was pointed at within the message: a link, a picture. */
function targetEntries(target: HTMLElement | undefined): MenuEntry[] {
  const media = target?.closest<HTMLElement>('[data-media]')?.dataset['media'];
  const link = target?.closest<HTMLAnchorElement>('a[href]')?.href;
  const url = media ?? link;
  if (!url) return [];
  return [
    {
      id: 'open',
      label: media ? t`Open in a new tab` : t`Open link`,
      icon: <ExternalLink {...icon} />,
      onSelect: () => window.open(url, '_blank', 'noopener,noreferrer'),
    },
    {
      id: 'copy-url',
      label: media ? t`Copy media address` : t`Copy link address`,
      icon: <Copy {...icon} />,
      onSelect: () => copyUrl(url),
    },
    media
      ? {
          id: 'download',
          label: t`Download`,
          icon: <Download {...icon} />,
          onSelect() {
            const anchor = document.createElement('a');
            anchor.href = media;
            anchor.download = '';
            anchor.target = '_blank';
            anchor.rel = 'noopener noreferrer';
            anchor.click();
          },
        }
      : null,
    'separator',
  ];
}

export function openMessageMenu(
  at: Element | { x: number; y: number },
  message: Message,
  target?: HTMLElement,
): void {
  const rights = rightsOn(message);
  const saved = entity('saved', message.id) !== undefined;
  const text = messageText(message);
  const own = message.author.id === me()?.id;
  const guild = entity('channels', message.channel_id)?.guild_id;
  const files = message.attachments.filter((file) => /^(?:image|video|audio)$/.test(kindOf(file)));
  const pointed = target?.closest('figure, [data-attachment], a, button')?.innerHTML ?? '';
  const media = files.find((file) => pointed.includes(`/${file.id}/`)) ?? files[0];
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(message.id)}"]`);
  const entries: MenuEntry[] = [
    ...targetEntries(target),
    rights.react && {
      id: 'quick',
      label: t`Add reaction`,
      icon: <SmilePlus {...icon} />,
      submenu: [
        ...preferences().quickReactions.map((char) => ({
          id: char,
          label: char,
          onSelect: () => void toggleReaction(message, { name: char }),
        })),
        'separator' as const,
        {
          id: 'more',
          label: t`More…`,
          keys: 'A',
          onSelect: () => void (row && pickReaction(message, row)),
        },
      ],
    },
    rights.edit && {
      id: 'edit',
      label: t`Edit`,
      icon: <Pencil {...icon} />,
      keys: 'E',
      onSelect: () => startEditing(message.channel_id, message.id),
    },
    rights.reply && {
      id: 'reply',
      label: t`Reply`,
      icon: <CornerUpLeft {...icon} className="mirrored" />,
      keys: 'R',
      onSelect: () => reply(message),
    },
    rights.forward && {
      id: 'forward',
      label: t`Forward`,
      icon: <Forward {...icon} className="mirrored" />,
      keys: 'F',
      onSelect: () => forward(message),
    },
    rights.pin && {
      id: 'pin',
      label: message.pinned ? t`Unpin` : t`Pin`,
      icon: message.pinned ? <PinOff {...icon} /> : <Pin {...icon} />,
      keys: 'P',
      onSelect: () => void togglePin(message),
    },
    {
      id: 'unread',
      label: t`Mark unread from here`,
      icon: <MailOpen {...icon} />,
      keys: 'U',
      onSelect: () => void unreadFrom(message),
    },
    {
      id: 'save',
      label: saved ? t`Remove from saved` : t`Save`,
      icon: <Bookmark {...icon} />,
      keys: 'B',
      onSelect: () => void save(message),
    },
    media && {
      id: 'collect',
      label: t`Save media`,
      icon: <ImagePlus {...icon} />,
      onSelect: () => void collect(message, media),
    },
    text && 'speechSynthesis' in window
      ? {
          id: 'speak',
          label: t`Read aloud`,
          icon: <Volume2 {...icon} />,
          keys: 'T',
          onSelect: () => speak(message),
        }
      : null,
    'separator',
    message.reactions?.length
      ? {
          id: 'reactions',
          label: t`Who reacted`,
          icon: <Users {...icon} />,
          onSelect: () => openOverlay({ kind: 'reactions', message }),
        }
      : null,
    rights.suppress && {
      id: 'suppress',
      label: message.flags & SUPPRESS_EMBEDS ? t`Show previews` : t`Hide previews`,
      icon: <Link {...icon} />,
      keys: 'S',
      onSelect: () => void suppress(message),
    },
    rights.manage && guild
      ? {
          id: 'select',
          label: t`Select messages`,
          icon: <ListChecks {...icon} />,
          onSelect: () => select(message.channel_id, message.id),
        }
      : null,
    'separator',
    text
      ? {
          id: 'copy',
          label: t`Copy text`,
          icon: <Copy {...icon} />,
          keys: 'C',
          onSelect: () => void copyText(message),
        }
      : null,
    {
      id: 'link',
      label: t`Copy link`,
      icon: <Link {...icon} />,
      keys: 'L',
      onSelect: () => void copyLink(message),
    },
    useChat.getState().developer
      ? {
          id: 'id',
          label: t`Copy id`,
          icon: <Hash {...icon} />,
          keys: 'I',
          onSelect: () => void copyId(message),
        }
      : null,
    'separator',
    rights.manage && message.reactions?.length
      ? {
          id: 'clear',
          label: t`Remove all reactions`,
          icon: <SmilePlus {...icon} />,
          danger: true,
          onSelect: () => void clearReactions(message),
        }
      : null,
    own
      ? null
      : {
          id: 'report',
          label: t`Report`,
          icon: <Flag {...icon} />,
          danger: true,
          onSelect: () => report(message),
        },
    rights.remove && {
      id: 'delete',
      label: t`Delete`,
      icon: <Trash2 {...icon} />,
      keys: 'D',
      danger: true,
      onSelect: () => void askRemove(message),
    },
  ];
  openMenu(at, entries, { label: t`Message` });
}
