import { useEntity, useList, useUnread } from '#/store';
import { later } from '#/ui/later';
import { usePlace } from '../place';

const RailDm = later(() => import('./RailDm').then((part) => part.RailDm));

function Waiting({ channelId, active }: { channelId: string; active: boolean }) {
  const { mentions, unread, muted } = useUnread('channel', channelId);
  const known = useEntity('channels', channelId, (channel) => channel !== undefined);
  // Only what waits to be read is here; the rest stands in the list of conversations.
  if (!known || !mentions || (muted && !unread)) return null;
  return <RailDm channelId={channelId} active={active} />;
}

export function RailDms() {
  const dms = useList('dms');
  const { channelId } = usePlace();
  return dms.map((id) => <Waiting key={id} channelId={id} active={id === channelId} />);
}
