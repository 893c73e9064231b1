import { Trans, useLingui } from '@lingui/react/macro';
import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { goTo, openDialog } from '#/app/layout';
import { channelPath, guildPath } from '#/app/links';
import { initials } from '#/app/rail/GuildIcon';
import { useAction } from '#/features/people/moderate';
import { useMe } from '#/store';
import { FormDialog, pickPicture, TextField } from '#/ui';
import css from './Community.module.css';

export function CreateCommunity({ onClose, onBack }: { onClose: () => void; onBack: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const person = me?.global_name || me?.username || '';
  const [name, setName] = useState(() => (person ? t`${person}’s community` : ''));
  const [icon, setIcon] = useState<string>();
  const { busy, error, act } = useAction(onClose);
  const create = () =>
    act(async () => {
      const guild = await api('POST /guilds', {
        body: { name: name.trim(), ...(icon ? { icon } : undefined) },
      });
      const general = guild.system_channel_id;
      goTo(general ? channelPath(guild.id, general) : guildPath(guild.id));
      if (general) openDialog({ kind: 'invite', channelId: general, guildId: guild.id });
    });
  return (
    <FormDialog
      size="s"
      title={<Trans>Create a community</Trans>}
      description={<Trans>Name and picture can be changed at any time.</Trans>}
      onClose={onClose}
      onSubmit={create}
      action={<Trans>Create</Trans>}
      busy={busy}
      disabled={!name.trim()}
      error={error}
      cancel={<Trans>Back</Trans>}
      onBack={onBack}
    >
      <button
        type="button"
        className={css.picture}
        onClick={() => void pickPicture(setIcon)}
        aria-label={t`Choose a picture`}
      >
        {icon ? <img src={icon} alt="" /> : <span className={css.letters}>{initials(name)}</span>}
        <span className={css.pick}>
          <ImagePlus aria-hidden="true" />
        </span>
      </button>
      <TextField
        label={<Trans>Name</Trans>}
        value={name}
        maxLength={100}
        counter={100}
        required
        data-autofocus=""
        onChange={setName}
        onFocus={(event) => event.currentTarget.select()}
      />
    </FormDialog>
  );
}
