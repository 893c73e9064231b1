import { Trans, useLingui } from '@lingui/react/macro';
import { entity, updateSettings, useSettings } from '#/store';
import { Dialog, Switch, toast } from '#/ui';

/** Who of a community may write to one directly. */
export default function PrivacyDialog({
  request,
  onClose,
}: {
  request: { guildId: string };
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { guildId } = request;
  const settings = useSettings();
  const name = entity('guilds', guildId)?.name ?? '';
  const change = (key: 'restricted_guilds' | 'bot_restricted_guilds', allowed: boolean) => {
    const list = settings?.[key] ?? [];
    const next = allowed ? list.filter((id) => id !== guildId) : [...new Set([...list, guildId])];
    updateSettings({ [key]: next }).catch(() => toast({ kind: 'error', text: t`It could not be saved.` }));
  };
  return (
    <Dialog open size="s" title={<Trans>Privacy in {name}</Trans>} onClose={onClose}>
      <Switch
        label={<Trans>Direct messages from members</Trans>}
        hint={<Trans>From those who are no friends of yours.</Trans>}
        checked={!settings?.restricted_guilds.includes(guildId)}
        onChange={(on) => change('restricted_guilds', on)}
      />
      <Switch
        label={<Trans>Direct messages from bots</Trans>}
        checked={!settings?.bot_restricted_guilds.includes(guildId)}
        onChange={(on) => change('bot_restricted_guilds', on)}
      />
    </Dialog>
  );
}
