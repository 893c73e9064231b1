// What the keys and the quick switcher's actions do. A command that does not apply returns false, and the key
// is the browser's again.
import { pane } from '#/features/chat/state';
import { ack, entity, list, unread } from '#/store';
import { pickFiles } from '#/ui';
import {
  goTo,
  lastChannel,
  openDialog,
  openSearch,
  openSettings,
  openSwitcher,
  togglePanel,
  useLayout,
} from '../layout';
import { channelPath, guildPath, HOME } from '../links';
import { isCommunity, place } from '../place';
import { current } from '../rail/actions';
import { useOpenFolders } from '../rail/open';

/** The channels of the list in view, in the order they are seen, with what their rows say. */
function rows(): { path: string; active: boolean; unread: boolean; mention: boolean }[] {
  const links = document.querySelectorAll<HTMLAnchorElement>(
    '[data-region="channels"] li a[href^="/channels/"]',
  );
  return [...links]
    .filter((link) => !link.getAttribute('href')?.includes('?'))
    .map((link) => {
      const row = link.closest('li');
      const path = link.getAttribute('href') ?? HOME;
      const id = path.split('/')[3] ?? '';
      return {
        path,
        active: row?.hasAttribute('data-active') ?? false,
        unread: row?.hasAttribute('data-unread') ?? false,
        mention: !!id && unread('channel', id).mentions > 0,
      };
    });
}

function go(by: -1 | 1, wanted: 'any' | 'unread' | 'mention'): unknown {
  const all = rows();
  if (!all.length) return false;
  const at = all.findIndex((row) => row.active);
  for (let step = 1; step <= all.length; step += 1) {
    const row = all[((((at < 0 && by < 0 ? 0 : at) + by * step) % all.length) + all.length) % all.length];
    if (!row || row.active) continue;
    if (wanted === 'unread' && !row.unread) continue;
    if (wanted === 'mention' && !row.mention) continue;
    goTo(row.path);
    return true;
  }
  return true;
}

function goGuild(by: -1 | 1): void {
  const open = useOpenFolders.getState().open;
  const ids = current().flatMap((item) =>
    item.kind === 'guild' ? [item.id] : open.includes(item.id) ? item.guilds : item.guilds.slice(0, 1),
  );
  const places = ['@me', ...ids];
  const at = places.indexOf(place().guildId ?? '@me');
  const next = places[(at + by + places.length) % places.length] ?? '@me';
  const last = lastChannel(next);
  goTo(next === '@me' ? HOME : last ? channelPath(next, last) : guildPath(next));
}

function toggleHome(): void {
  const { lastChannel: visited } = useLayout.getState();
  const joined = list('guilds');
  if (isCommunity(place().guildId)) {
    const dm = visited['@me'];
    goTo(dm && entity('channels', dm) ? channelPath('@me', dm) : HOME);
    return;
  }
  const guild = Object.keys(visited).findLast((id) => joined.includes(id)) ?? joined[0];
  if (guild) goTo(visited[guild] ? channelPath(guild, visited[guild]) : guildPath(guild));
}

const regions = [
  'nav[data-region="rail"]',
  'nav[data-region="channels"]',
  '[data-region="messages"]',
  '[data-region="composer"]',
  'aside',
];
function region(by: -1 | 1): void {
  const here = document.activeElement;
  const all = regions
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .filter((one): one is HTMLElement => one !== null && one.offsetParent !== null);
  const at = all.findIndex((one) => one.contains(here));
  const next = all[(at + by + all.length) % all.length];
  const { channelId } = place();
  if (channelId && next?.dataset['region'] === 'messages') {
    // The row that one was at, or the newest.
    pane(channelId).focusTimeline?.();
    if (next.contains(document.activeElement)) return;
  }
  const focusable = next?.querySelector<HTMLElement>('[tabindex="0"], textarea, a[href], button');
  (next?.matches('[tabindex="0"], textarea') ? next : (focusable ?? next))?.focus();
}

let lastSearch = 0;
/** The second press in a moment is the browser's own search. */
function search(): unknown {
  const { panel } = useLayout.getState();
  const focused = document.activeElement?.closest('aside');
  if (panel === 'search' && focused && performance.now() - lastSearch < 60_000) return false;
  if (!place().channelId) return false;
  lastSearch = performance.now();
  openSearch('channel');
  return true;
}

const inChannel = (run: () => void) => () => {
  if (!place().channelId) return false;
  run();
  return true;
};

export const run: Record<string, (event?: KeyboardEvent) => unknown> = {
  switcher: () => openSwitcher(),
  keys: () => openDialog({ kind: 'keys' }),
  settings: () => openSettings(),
  inbox: () => togglePanel('inbox'),
  'add-community': () => openDialog({ kind: 'add-community' }),
  'new-group': () => openDialog({ kind: 'create-group' }),
  region: () => region(1),
  'region-back': () => region(-1),
  'channel-up': () => go(-1, 'any'),
  'channel-down': () => go(1, 'any'),
  'unread-up': () => go(-1, 'unread'),
  'unread-down': () => go(1, 'unread'),
  'mention-up': () => go(-1, 'mention'),
  'mention-down': () => go(1, 'mention'),
  'guild-up': () => goGuild(-1),
  'guild-down': () => goGuild(1),
  'toggle-home': toggleHome,
  back: () => history.back(),
  forward: () => history.forward(),
  'read-guild': () => {
    const { guildId } = place();
    if (!isCommunity(guildId)) return false;
    void import('#/features/community/menus').then((menus) => menus.markGuildRead(guildId));
    return true;
  },
  'read-first': () => {
    const first = list('guilds')
      .flatMap((id) => list('channels', id))
      .concat(list('dms'))
      .find((id) => unread('channel', id).unread);
    if (first) ack(first);
  },
  pins: inChannel(() => togglePanel('pins')),
  members: inChannel(() =>
    togglePanel(entity('channels', place().channelId)?.type === 1 ? 'profile' : 'members'),
  ),
  search,
  'search-all': () => openSearch('everywhere'),
  // The composer and the rows have the rest.
  attach: inChannel(() => {
    const { files } = pane(place().channelId ?? '');
    if (files) void pickFiles({ multiple: true }).then((chosen) => files(chosen, false));
  }),
};
