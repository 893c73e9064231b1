// Seeing a community as somebody with certain roles would: the interface is computed with their permissions until
// one leaves. The server is not told; it would refuse nothing more than before.
import { Trans, useLingui } from '@lingui/react/macro';
import { create } from 'zustand';
import { goTo } from '#/app/layout';
import { guildPath, guildSettingsPath } from '#/app/links';
import { seeAs } from '#/store/rights';
import { Button } from '#/ui';
import css from './viewAs.module.css';

const useViewing = create<{ guildId: string; name: string } | { guildId?: undefined }>(() => ({}));

export function viewAs(guildId: string, roles: readonly string[], name: string): void {
  seeAs(guildId, roles);
  useViewing.setState({ guildId, name }, true);
  goTo(guildPath(guildId));
}

export function ViewAsStrip() {
  const { t } = useLingui();
  const viewing = useViewing();
  if (viewing.guildId === undefined) return null;
  const { guildId, name } = viewing;
  const leave = () => {
    seeAs(guildId, null);
    useViewing.setState({}, true);
    goTo(guildSettingsPath(guildId, 'roles'));
  };
  return (
    <aside className={css.seeing} aria-label={t`View as a role`}>
      <span>
        <Trans>
          You see this community as <bdi>{name}</bdi>.
        </Trans>
      </span>
      <Button size="s" variant="primary" onClick={leave}>
        <Trans>Back to yourself</Trans>
      </Button>
    </aside>
  );
}
