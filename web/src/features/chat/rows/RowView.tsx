import type { Row, Timeline } from '#/store';
import { later } from '#/ui/later';
import { DateDivider, UnreadDivider } from './Dividers';
import { MessageRow } from './MessageRow';
import { SystemRow } from './SystemRow';

// What a first view seldom shows.
const PendingRow = later(() => import('./PendingRow').then((part) => part.PendingRow));
const StartOfHistory = later(() => import('./StartOfHistory').then((part) => part.StartOfHistory));
const BlockedRow = later(() => import('./BlockedRow').then((part) => part.BlockedRow));
const GapRow = later(() => import('./GapRow').then((part) => part.GapRow));

interface Props {
  row: Row;
  channelId: string;
  guildId?: string;
  timeline: Timeline;
}

export function RowView({ row, channelId, guildId, timeline }: Props) {
  switch (row.kind) {
    case 'start':
      return <StartOfHistory channelId={channelId} />;
    case 'date':
      return <DateDivider day={row.day} unread={row.unread} />;
    case 'unread':
      return <UnreadDivider />;
    case 'message':
      return <MessageRow message={row.message} continued={row.continued} guildId={guildId} />;
    case 'system':
      return <SystemRow message={row.message} guildId={guildId} />;
    case 'pending':
      return <PendingRow pending={row.pending} continued={row.continued} guildId={guildId} />;
    case 'blocked':
      return <BlockedRow count={row.ids.length} show={() => timeline.showBlocked(row.key)} />;
    case 'gap':
      return <GapRow load={() => timeline.loadGap(row.key)} />;
    case 'skeleton':
      return null;
  }
}
