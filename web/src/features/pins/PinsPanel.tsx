import { Trans, useLingui } from '@lingui/react/macro';
import Pin from 'lucide-react/icons/pin';
import PinOff from 'lucide-react/icons/pin-off';
import { useEffect } from 'react';
import { api } from '#/api/client';
import type { Message } from '#/api/types';
import { rightsOn, togglePin } from '#/features/chat/actions';
import { CardSkeletons } from '#/features/found/CardSkeletons';
import styles from '#/features/found/Found.module.css';
import { MessageCard } from '#/features/found/MessageCard';
import { useLoad } from '#/features/found/useLoad';
import { ackPins, onDispatch } from '#/store';
import { Button, EmptyState, ErrorState, IconButton } from '#/ui';

/** The pinned messages of a channel, last pinned first. Opening it reads them. */
export default function PinsPanel({ channelId = '' }: { channelId?: string }) {
  const { t } = useLingui();
  const path = { channel_id: channelId };
  const pins = useLoad(channelId, () =>
    api('GET /channels/{channel_id}/messages/pins', { path, query: { limit: 50 } }),
  );
  const { again } = pins;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is the same for as long as the panel is open
  useEffect(() => {
    ackPins(channelId);
    return onDispatch((type, data) => {
      if (type !== 'CHANNEL_PINS_UPDATE' || (data as { channel_id: string }).channel_id !== channelId) return;
      ackPins(channelId);
      again();
    });
  }, [channelId]);
  if (pins.error) return <ErrorState error={pins.error} onRetry={again} />;
  if (!pins.data) return <CardSkeletons />;
  const { items, has_more: more } = pins.data;
  const older = async () => {
    const last = items.at(-1);
    if (!last) return;
    const next = await api('GET /channels/{channel_id}/messages/pins', {
      path,
      query: { limit: 50, before: last.pinned_at },
    });
    pins.change((now) => ({ ...next, items: [...now.items, ...next.items] }));
  };
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<Pin size={32} strokeWidth={1.5} />}
        title={t`Nothing is pinned here`}
        text={t`Pin what people should find again: the menu of a message has it.`}
      />
    );
  }
  return (
    <div className={styles.list}>
      {items.map(({ message }) => (
        <MessageCard
          key={message.id}
          message={message as Message}
          actions={
            rightsOn(message as Message).pin ? (
              <IconButton
                size="s"
                label={t`Unpin`}
                icon={<PinOff size={16} strokeWidth={1.75} />}
                onClick={() => void togglePin({ ...(message as Message), pinned: true })}
              />
            ) : null
          }
        />
      ))}
      {more ? (
        <Button onClick={() => void older()}>
          <Trans>Load older</Trans>
        </Button>
      ) : null}
    </div>
  );
}
