// Key combinations by name: `Mod+Shift+K`. Mod is Ctrl, on a Mac Cmd. The newest binding of a combination wins.
import { useEffect, useEffectEvent } from 'react';
import { isCovered } from './layers/stack';

type Handler = (event: KeyboardEvent) => unknown;

interface Binding {
  find: () => Record<string, Handler | undefined>;
  options: HotkeyOptions;
}

export interface HotkeyOptions {
  /** Also while a dialog or panel lies over the page. */
  covered?: boolean;
  /** Single letters are ignored in text fields unless asked for; combinations with Mod or Alt always work. */
  inFields?: boolean;
  enabled?: boolean;
}

const mac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
const bindings: Binding[] = [];

const codeNames: Record<string, string> = { Slash: '/', Comma: ',', Period: '.', Minus: '-', Equal: '=' };

/** The names this press goes by: the letter typed, and the key's place for layouts without Latin letters. */
export function keysOf(event: KeyboardEvent): string[] {
  const mods = [
    (mac ? event.metaKey : event.ctrlKey) && 'Mod',
    (mac ? event.ctrlKey : event.metaKey) && (mac ? 'Ctrl' : 'Meta'),
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
  ].filter((mod) => typeof mod === 'string');
  const names = new Set<string>();
  const key = event.key.startsWith('Arrow') ? event.key.slice(5) : event.key;
  names.add(key.length === 1 ? key.toUpperCase() : key);
  const place = event.code.replace(/^(Key|Digit)/, '');
  // The place counts only where no Latin letter was typed (Cyrillic, Alt on a Mac), else AZERTY would suffer.
  if (place.length === 1 && !/^[\x21-\x7e]$/.test(key)) names.add(place);
  const named = codeNames[event.code];
  if (named) names.add(named);
  const out: string[] = [];
  for (const name of names) {
    out.push([...mods, name].join('+'));
    // A symbol that needs Shift on this layout is itself: `Mod+/` on a German keyboard is Shift+7.
    if (event.shiftKey && key.length === 1 && !/\p{L}|\d/u.test(key)) {
      out.push([...mods.filter((mod) => mod !== 'Shift'), name].join('+'));
    }
  }
  return out;
}

const order = ['Mod', 'Ctrl', 'Meta', 'Alt', 'Shift'];

/** One spelling for a combination, whatever order its parts were written in. */
export function normalKeys(keys: string): string {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const main = parts.at(-1) ?? '';
  const mods = parts.slice(0, -1).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return [...mods, main.length === 1 ? main.toUpperCase() : main].join('+');
}

export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(
      'textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=color])',
    ));

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
  const pressed = keysOf(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = isTextField(event.target) && plain && event.key.length === 1;
  for (const { find, options } of [...bindings].reverse()) {
    if (options.enabled === false || (!options.covered && isCovered()) || (typing && !options.inFields))
      continue;
    const map = find();
    for (const [keys, run] of Object.entries(map)) {
      if (!run || !pressed.includes(normalKeys(keys))) continue;
      if (run(event) === false) continue;
      event.preventDefault();
      return;
    }
  }
}

/** Binds combinations while mounted. A handler that returns false passes the key on. */
export function useHotkeys(map: Record<string, Handler | undefined>, options: HotkeyOptions = {}): void {
  const find = useEffectEvent(() => map);
  const { covered, inFields, enabled } = options;
  useEffect(() => {
    const binding: Binding = { find: () => find(), options: { covered, inFields, enabled } };
    if (bindings.length === 0) document.addEventListener('keydown', onKeyDown);
    bindings.push(binding);
    return () => {
      bindings.splice(bindings.indexOf(binding), 1);
      if (bindings.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [covered, inFields, enabled]);
}
