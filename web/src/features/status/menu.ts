import { t } from '@lingui/core/macro';
import { openDialog, openFullProfile, openSettings } from '#/app/layout';
import { me, setStatus, settings, updateSettings } from '#/store';
import { type MenuEntry, toast } from '#/ui';
import { statusNames } from './names';

const durations = (): [string, number | undefined][] => [
  [t`For 15 minutes`, 15 * 60],
  [t`For 1 hour`, 3600],
  [t`For 8 hours`, 8 * 3600],
  [t`For 24 hours`, 24 * 3600],
  [t`For 3 days`, 3 * 24 * 3600],
  [t`Until I change it`, undefined],
];

function choose(status: 'online' | 'idle' | 'dnd' | 'invisible', seconds?: number) {
  try {
    setStatus(status, seconds);
  } catch {
    toast({ kind: 'error', text: t`The status could not be changed.` });
  }
}

export function statusEntries(): MenuEntry[] {
  const now = settings()?.status;
  const names = statusNames();
  return (['online', 'idle', 'dnd', 'invisible'] as const).map((status) => ({
    id: status,
    label: names[status],
    checked: now === status,
    ...(status === 'online'
      ? { onSelect: () => choose(status) }
      : {
          submenu: durations().map(([label, seconds]) => ({
            id: `${status}-${seconds ?? 'ever'}`,
            label,
            onSelect: () => choose(status, seconds),
          })),
        }),
  }));
}

export function selfMenu(): MenuEntry[] {
  const id = me()?.id;
  const custom = settings()?.custom_status;
  return [
    ...statusEntries(),
    'separator',
    {
      id: 'custom',
      label: custom ? t`Change custom status…` : t`Set a custom status…`,
      onSelect: () => openDialog({ kind: 'status' }),
    },
    ...(custom
      ? [
          {
            id: 'clear',
            label: t`Clear custom status`,
            onSelect: () => void updateSettings({ custom_status: null }),
          },
        ]
      : []),
    'separator',
    { id: 'profile', label: t`Profile`, onSelect: () => id && openFullProfile(id) },
    { id: 'settings', label: t`Settings`, onSelect: () => openSettings() },
    { id: 'copy', label: t`Copy my id`, onSelect: () => void navigator.clipboard.writeText(id ?? '') },
    'separator',
    { id: 'accounts', label: t`Accounts…`, onSelect: () => openDialog({ kind: 'accounts' }) },
    { id: 'out', label: t`Sign out`, danger: true, onSelect: () => void signOut() },
  ];
}

export async function signOut(): Promise<void> {
  await (await import('#/features/accounts/leave')).signOut();
}
