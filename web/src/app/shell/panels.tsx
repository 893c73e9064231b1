// The panels other parts own: each comes with its own chunk when it is first opened.
import { type FC, lazy } from 'react';

type Props = { channelId?: string };
const modules = import.meta.glob<{ default: FC<Props> }>([
  '../../features/pins/PinsPanel.tsx',
  '../../features/search/SearchPanel.tsx',
  '../../features/inbox/InboxPanel.tsx',
]);
const part = (path: string) => lazy(modules[path] ?? (async () => ({ default: (() => null) as FC<Props> })));

export const PinsPanel = part('../../features/pins/PinsPanel.tsx');
export const SearchPanel = part('../../features/search/SearchPanel.tsx');
export const InboxPanel = part('../../features/inbox/InboxPanel.tsx');
