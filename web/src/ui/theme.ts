// Puts the person's look on the root element: attributes for what CSS chooses, variables for what is a number.
import { useSyncExternalStore } from 'react';
import { fitChroma, readable } from './color';
import { type Preferences, preferences, usePreferences } from './preferences';

const root = document.documentElement;
const query = (text: string) => window.matchMedia(text);
const prefersDark = query('(prefers-color-scheme: dark)');
const prefersContrast = query('(prefers-contrast: more)');
const safe = new URLSearchParams(location.search).get('safe') === '1';

export type Theme = 'light' | 'dark' | 'coal';

let shown: Theme = 'dark';
const listeners = new Set<() => void>();

/** True in ?safe=1, where the person's own CSS is left out. */
export const safeMode = safe;

function set(name: string, value: string | false) {
  if (value === false) root.removeAttribute(`data-${name}`);
  else root.setAttribute(`data-${name}`, value);
}

/** Shows a look without keeping it, as a preview does; `applyTheme(preferences())` returns. */
export function applyTheme(look: Preferences): void {
  const theme = look.theme === 'system' ? (prefersDark.matches ? 'dark' : 'light') : look.theme;
  const more = look.contrast === 'more' || (look.contrast === 'system' && prefersContrast.matches);
  set('theme', theme);
  set('contrast', more && 'more');
  set('density', look.density);
  set('motion', look.motion !== 'system' && look.motion);
  set('links', look.underlineLinks && 'underline');
  set('focus', look.strongFocus && 'strong');
  set('font', look.font);
  set('role-colors', look.roleColors);
  if (look.font === 'hyperlegible') void import('./styles/hyperlegible.css');
  const light = theme === 'light';
  const style = root.style;
  style.setProperty('--accent-hue', String(look.accentHue));
  style.setProperty('--accent-c-fill', String(fitChroma(light ? 0.52 : 0.54, 0.19, look.accentHue)));
  style.setProperty(
    '--accent-c-text',
    String(fitChroma(light ? 0.48 : 0.76, light ? 0.19 : 0.12, look.accentHue)),
  );
  style.setProperty('--saturation', String(look.saturation / 100));
  style.setProperty('--chat-size', `${look.chatFont / 16}rem`);
  style.setProperty('--chat-gap', `${look.groupGap}px`);
  style.setProperty('--chat-width', look.wideLines ? 'none' : '1040px');
  customCss(look.customCssOn && !safe ? look.customCss : '');
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.remove();
  const meta = document.createElement('meta');
  meta.name = 'theme-color';
  meta.content = getComputedStyle(root).getPropertyValue('--surface-rail');
  document.head.append(meta);
  shown = theme;
  for (const listener of listeners) listener();
}

let sheet: CSSStyleSheet | undefined;

/** The person's own CSS, in the last layer. A constructed sheet needs no inline style, and cannot import. */
function customCss(text: string) {
  if (!text && !sheet) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(text ? `@layer custom {\n${text}\n}` : '');
}

/** The theme on screen, "system" resolved. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

/** Gives a wire colour (roles, accent colours) as a readable text colour of the theme on screen; 0 is none. */
export function useReadable(color: number | null | undefined): string | undefined {
  const dark = useTheme() !== 'light';
  return color ? readable(color, dark) : undefined;
}

/** Called once, before the first render. */
export function startTheme(): void {
  applyTheme(preferences());
  usePreferences.subscribe(applyTheme);
  const again = () => applyTheme(preferences());
  prefersDark.addEventListener('change', again);
  prefersContrast.addEventListener('change', again);
}
