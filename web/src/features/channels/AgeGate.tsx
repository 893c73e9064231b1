import { Trans } from '@lingui/react/macro';
import { ShieldAlert } from 'lucide-react';
import { create } from 'zustand';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { keep, kept, onAccount, useChannel, useEntity, useMe } from '#/store';
import { Button, EmptyState } from '#/ui';

const STORAGE = 'age-gate';
const AGE_RESTRICTED = 3;
const read = () => kept<string[]>(STORAGE, []);
const useOpened = create<{ ids: string[] }>(() => ({ ids: read() }));
onAccount(() => useOpened.setState({ ids: read() }));

/** Whether the channel asks first (`ask`), or stays shut for the young (`closed`). */
export function useAgeGate(channelId: string): 'ask' | 'closed' | null {
  const channel = useChannel(channelId);
  const level = useEntity('guilds', channel?.guild_id, (guild) => guild?.nsfw_level);
  const adult = useMe()?.nsfw_allowed;
  const opened = useOpened((state) => state.ids);
  if (!channel?.guild_id || !(channel.nsfw || level === AGE_RESTRICTED)) return null;
  if (adult === false) return 'closed';
  return opened.includes(channelId) ? null : 'ask';
}

function openGate(channelId: string) {
  const ids = [...useOpened.getState().ids, channelId].slice(-500);
  useOpened.setState({ ids });
  keep(STORAGE, ids);
}

export function AgeGate({ channelId, closed }: { channelId: string; closed: boolean }) {
  return (
    <EmptyState
      icon={<ShieldAlert size={48} strokeWidth={1.5} />}
      title={<Trans>For adults</Trans>}
      text={
        closed ? (
          <Trans>This channel is marked as age-restricted, and your account is under 18.</Trans>
        ) : (
          <Trans>This channel is marked as age-restricted: what is in it may not be for everyone.</Trans>
        )
      }
      action={
        <>
          {!closed && (
            <Button variant="primary" onClick={() => openGate(channelId)}>
              <Trans>Show it, and remember</Trans>
            </Button>
          )}
          <Button variant="ghost" onClick={() => goTo(HOME)}>
            <Trans>Go home</Trans>
          </Button>
        </>
      }
    />
  );
}
