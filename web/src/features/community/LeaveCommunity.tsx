import { Trans } from '@lingui/react/macro';
import { api } from '#/api/client';
import { goTo } from '#/app/layout';
import { HOME } from '#/app/links';
import { place } from '#/app/place';
import { useAction } from '#/features/people/moderate';
import { entity } from '#/store';
import { FormDialog } from '#/ui';

export default function LeaveCommunity({
  request,
  onClose,
}: {
  request: { guildId: string };
  onClose: () => void;
}) {
  const { guildId } = request;
  const name = entity('guilds', guildId)?.name ?? '';
  const { busy, error, act } = useAction(onClose);
  const leave = () =>
    act(async () => {
      await api('DELETE /users/@me/guilds/{guild_id}', { path: { guild_id: guildId } });
      if (place().guildId === guildId) goTo(HOME, true);
    });
  return (
    <FormDialog
      alert
      size="s"
      title={<Trans>Leave {name}?</Trans>}
      description={
        <Trans>Your messages stay. Your roles and nickname here are lost; coming back needs an invite.</Trans>
      }
      onClose={onClose}
      onSubmit={leave}
      action={<Trans>Leave</Trans>}
      danger
      busy={busy}
      error={error}
      cancel={<Trans>Stay</Trans>}
    />
  );
}
