import { actions, keyOf } from '#/features/keys/actions';
import { useHotkeys, usePreferences } from '#/ui';
import { run } from './commands';

/** The keys that act everywhere; those of a focused message and of the composer belong to them. */
export function useAppKeys(): void {
  // A change of the keys or of their switch renews the map.
  usePreferences((preferences) => preferences.keys);
  usePreferences((preferences) => preferences.browserKeys);
  const map: Record<string, (event: KeyboardEvent) => unknown> = {};
  for (const action of actions) {
    const command = run[action.id];
    const keys = keyOf(action.id);
    if (!command) continue;
    if (keys) map[keys] = command;
    if (action.more) map[action.more] = command;
  }
  useHotkeys(map, { inFields: true });
}
