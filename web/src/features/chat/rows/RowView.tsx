import type { Row, Timeline } from '#/store';
import { BlockedRow } from './BlockedRow';
import { DateDivider, UnreadDivider } from './Dividers';
import { GapRow } from './GapRow';
import { MessageRow } from './MessageRow';
import { PendingRow } from './PendingRow';
import { StartOfHistory } from './StartOfHistory';
import { SystemRow } from './SystemRow';

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
