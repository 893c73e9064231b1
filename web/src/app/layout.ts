// What is open in the interface: panes, drawers, panels and the dialogs that any part may ask for.
// Everything here belongs to the device; nothing is sent anywhere.
import { create } from 'zustand';
import { keep, kept, onAccount } from '#/store/device';

export type Panel = 'members' | 'pins' | 'search' | 'inbox' | 'profile';

/** Dialogs that open from many places. The host in the shell loads each on first use. */
export type DialogRequest =
  | { kind: 'keys' }
  | { kind: 'accounts' }
  | { kind: 'share'; text: string; files?: File[] }
  | { kind: 'topic'; channelId: string }
  | { kind: 'add-community'; step?: 'create' | 'join' }
  | { kind: 'invite'; channelId: string; guildId?: string }
  | { kind: 'create-channel'; guildId: string; parentId?: string; type?: number }
  | { kind: 'edit-channel'; channelId: string }
  | { kind: 'delete-channel'; channelId: string }
  | { kind: 'leave-community'; guildId: string }
  | { kind: 'notifications'; guildId: string | null; channelId?: string }
  | { kind: 'privacy'; guildId: string }
  | { kind: 'edit-folder'; folderId: number }
  | { kind: 'kick' | 'ban' | 'timeout'; guildId: string; userId: string }
  | { kind: 'nickname'; userId: string; guildId?: string; channelId?: string }
  | { kind: 'report'; target: ReportTarget }
  | { kind: 'status' }
  | { kind: 'create-group'; with?: string }
  | { kind: 'edit-group'; channelId: string }
  | { kind: 'add-to-group'; channelId: string }
  | { kind: 'add-friend' }
  | { kind: 'invite-person'; userId: string }
  | { kind: 'full-profile'; userId: string; guildId?: string };

export type ReportTarget =
  | { type: 'user'; userId: string; guildId?: string }
  | { type: 'guild'; guildId: string }
  | { type: 'message'; channelId: string; messageId: string };

export type ProfileRequest = { userId: string; anchor: Element | { x: number; y: number }; guildId?: string };

/** The place a menu opens at: a point (pointer) or an element (keyboard, button). */
export type Width = 'phone' | 'tablet' | 'desktop';

/** Of the device, whoever uses it. */
type Panes = {
  sidebarWidth: number;
  panelWidth: number;
  membersOpen: boolean;
  dmProfileOpen: boolean;
};

/** Of the account. */
type Visits = {
  lastChannel: Record<string, string>;
  lastPlace: string;
  /** Channels one has been in, the newest first. */
  recent: string[];
  favourites: string[];
};

type Layout = Panes &
  Visits & {
    /** The path that another account left behind: it is no place of this one until gone to. */
    left: string | null;
    width: Width;
    /** Below 1024 px the sidebar is a drawer. */
    drawer: boolean;
    /** The panel that was opened over the usual one (pins, search, inbox); null shows the usual one. */
    panel: Exclude<Panel, 'members' | 'profile'> | null;
    /** Below 1024 px the side panel is a drawer, closed at every change of place. */
    panelDrawer: boolean;
    search: { scope: 'channel' | 'everywhere'; query: string };
    switcher: { open: boolean; query: string };
    profile: ProfileRequest | null;
    dialogs: DialogRequest[];
  };

const STORAGE = 'layout';
const VISITS = 'visits';
const usual: Panes = {
  sidebarWidth: 264,
  panelWidth: 264,
  membersOpen: true,
  dmProfileOpen: true,
};
const unvisited: Visits = {
  lastChannel: {},
  lastPlace: '',
  recent: [],
  favourites: [],
};

function panes(): Panes {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(STORAGE) ?? '{}') as Partial<Panes>) };
  } catch {
    return usual;
  }
}

function currentWidth(): Width {
  if (typeof matchMedia === 'undefined') return 'desktop';
  if (matchMedia('(min-width: 1024px)').matches) return 'desktop';
  return matchMedia('(min-width: 640px)').matches ? 'tablet' : 'phone';
}

const visits = (): Visits => ({ ...unvisited, ...kept<Partial<Visits>>(VISITS, {}) });
const closed = {
  drawer: false,
  panel: null,
  panelDrawer: false,
  search: { scope: 'channel' as const, query: '' },
  switcher: { open: false, query: '' },
  profile: null,
  dialogs: [],
};

export const useLayout = create<Layout>(() => ({
  ...panes(),
  ...visits(),
  ...closed,
  width: currentWidth(),
  left: null,
}));

const set = useLayout.setState;
const get = useLayout.getState;

if (typeof matchMedia !== 'undefined') {
  for (const query of ['(min-width: 1024px)', '(min-width: 640px)'])
    matchMedia(query).addEventListener('change', () =>
      set({ width: currentWidth(), drawer: false, panelDrawer: false }),
    );
}

function changed<K extends keyof Layout>(keys: K[], now: Layout, before: Layout): object | undefined {
  if (keys.every((key) => now[key] === before[key])) return undefined;
  return Object.fromEntries(keys.map((key) => [key, now[key]]));
}
useLayout.subscribe((now, before) => {
  const places = changed(Object.keys(unvisited) as (keyof Visits)[], now, before);
  if (places) keep(VISITS, places);
  const widths = changed(Object.keys(usual) as (keyof Panes)[], now, before);
  if (!widths) return;
  try {
    localStorage.setItem(STORAGE, JSON.stringify(widths));
  } catch {
    // A full or forbidden storage only means that widths are forgotten.
  }
});

onAccount(() => set({ ...closed, ...visits(), left: location.pathname }));

export const setPaneWidth = (pane: 'sidebarWidth' | 'panelWidth', width: number) =>
  set({ [pane]: Math.round(width) });

export const openDrawer = () => set({ drawer: true, panelDrawer: false });
export const closeDrawer = () => set({ drawer: false });

/** Shows or hides a side panel. `members` and `profile` are what a channel usually shows beside it. */
export function togglePanel(panel: Panel): void {
  const { width, panel: over, panelDrawer, membersOpen, dmProfileOpen } = get();
  if (panel === 'members' || panel === 'profile') {
    const key = panel === 'members' ? 'membersOpen' : 'dmProfileOpen';
    const open = panel === 'members' ? membersOpen : dmProfileOpen;
    if (width !== 'desktop') set({ panel: null, panelDrawer: over !== null || !panelDrawer });
    else set({ panel: null, [key]: over !== null || !open });
    return;
  }
  const shut = over === panel && (width === 'desktop' || panelDrawer);
  set(shut ? { panel: null, panelDrawer: false } : { panel, panelDrawer: true, drawer: false });
}

export function openPanel(panel: Panel): void {
  if (panel === 'members') set({ panel: null, membersOpen: true, panelDrawer: true });
  else if (panel === 'profile') set({ panel: null, dmProfileOpen: true, panelDrawer: true });
  else set({ panel, panelDrawer: true, drawer: false });
}

export const closePanel = () => set({ panel: null, panelDrawer: false });

export function openSearch(scope: 'channel' | 'everywhere' = 'channel', query = ''): void {
  set({ search: { scope, query }, panel: 'search', panelDrawer: true, drawer: false });
}

export const openDialog = (dialog: DialogRequest) => set({ dialogs: [...get().dialogs, dialog] });
export const closeDialog = (dialog: DialogRequest) =>
  set({ dialogs: get().dialogs.filter((one) => one !== dialog) });

export const openProfile = (userId: string, anchor: Element | { x: number; y: number }, guildId?: string) =>
  set({ profile: { userId, anchor, guildId } });
export const closeProfile = () => set({ profile: null });
export const openFullProfile = (userId: string, guildId?: string) =>
  openDialog({ kind: 'full-profile', userId, guildId });

export const openSwitcher = (query = '') => set({ switcher: { open: true, query } });
export const closeSwitcher = () => set({ switcher: { open: false, query: '' } });

/** Settings are routes; the router tells how to get there, so that no part needs the router for a button. */
let navigate: (path: string, replace?: boolean) => void = (path) => location.assign(path);
export const onNavigate = (to: typeof navigate) => {
  navigate = to;
};
export const goTo = (path: string, replace = false) => navigate(path, replace);
export const openSettings = (page = 'profile') => goTo(`/settings/${page}`);
export const openGuildSettings = (guildId: string, page = 'overview') =>
  goTo(`/channels/${guildId}/settings/${page}`);
export const openChannelSettings = (guildId: string, channelId: string, page = 'overview') =>
  goTo(`/channels/${guildId}/${channelId}/settings/${page}`);

/** Remembers where a community was left, so that its icon leads back there. */
export function visited(guildId: string, channelId: string): void {
  const path = `/channels/${guildId}/${channelId}`;
  const { recent } = get();
  if (recent[0] !== path) set({ recent: [path, ...recent.filter((one) => one !== path)].slice(0, 20) });
  if (get().lastChannel[guildId] !== channelId)
    set({ lastChannel: { ...get().lastChannel, [guildId]: channelId } });
}
export const lastChannel = (guildId: string) => get().lastChannel[guildId];

export function toggleFavourite(channelId: string): void {
  const { favourites } = get();
  set({
    favourites: favourites.includes(channelId)
      ? favourites.filter((id) => id !== channelId)
      : [...favourites, channelId],
  });
}
