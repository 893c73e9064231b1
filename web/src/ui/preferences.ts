// What is kept on this device (marked D: in the settings). Local storage, because the look must be right before
// the first paint; nothing secret is in here. Each account has its own set, the newest serves the sign-in page.
import { create } from 'zustand';

export type Density = 'comfortable' | 'cosy' | 'compact';

export const defaults = {
  // Appearance
  theme: 'system' as 'system' | 'light' | 'dark' | 'coal',
  contrast: 'system' as 'system' | 'more' | 'normal',
  accentHue: 280,
  density: 'comfortable' as Density,
  chatFont: 16,
  groupGap: 16,
  wideLines: false,
  compactAvatars: false,
  mediaSize: 'large' as 'large' | 'small',
  saturation: 100,
  customCss: '',
  customCssOn: false,
  // Accessibility
  motion: 'system' as 'system' | 'reduced' | 'full',
  underlineLinks: false,
  strongFocus: false,
  roleColors: 'name' as 'name' | 'dot' | 'off',
  font: 'inter' as 'inter' | 'hyperlegible' | 'system',
  announce: 'all' as 'all' | 'mentions' | 'count' | 'off',
  announceTyping: false,
  readerMode: false,
  keyHints: true,
  singleKeys: true,
  browserKeys: true,
  speechRate: 1,
  // Chat
  sendKey: 'enter' as 'enter' | 'mod+enter',
  composerButtons: ['emoji', 'sticker', 'gif'] as string[],
  quickReactions: ['👍', '❤️', '😂'] as string[],
  convertEmoticons: true,
  richPaste: true,
  confirmDelete: true,
  warnLinks: true,
  openAtUnread: false,
  dmPreviews: 'all' as 'all' | 'unread' | 'none',
  replyMention: true,
  storeMessages: true,
  // Notifications
  notify: false,
  notifyContent: 'full' as 'full' | 'name' | 'none',
  badge: true,
  sounds: true,
  soundsOff: [] as string[],
  volume: 60,
  quietHours: null as null | { from: string; to: string },
  mutedFaint: false,
  // Keys: action -> combination, where it differs from the default; null is "none"
  keys: {} as Record<string, string | null>,
  // Language and time
  locale: '',
  hour12: 'auto' as 'auto' | '12' | '24',
  firstDay: 0 as 0 | 1 | 6 | 7,
};

export type Preferences = typeof defaults;

const key = (account: string) => `preferences:${account}`;
let account = 'device';

function read(name: string): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(key(name)) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

/** The preferences as a React hook with a selector: `usePreferences((p) => p.density)`. */
export const usePreferences = create<Preferences>()(() => ({ ...defaults, ...read('device') }));

/** The preferences now, outside React. */
export const preferences = (): Preferences => usePreferences.getState();

export function setPreferences(patch: Partial<Preferences>): void {
  usePreferences.setState(patch);
  const now = preferences();
  const changed = Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name as keyof Preferences]),
    ),
  );
  const text = JSON.stringify(changed);
  try {
    localStorage.setItem(key(account), text);
    localStorage.setItem(key('device'), text);
  } catch {
    // A full or forbidden storage costs the memory of a choice, not the choice.
  }
}

/** Called when an account becomes the active one: its own preferences, or those of the device for a new one. */
export function loadPreferences(userId = 'device'): void {
  account = userId;
  const own = read(userId);
  usePreferences.setState({ ...defaults, ...(Object.keys(own).length > 0 ? own : read('device')) }, true);
}

if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === key(account)) usePreferences.setState({ ...defaults, ...read(account) }, true);
  });
}
