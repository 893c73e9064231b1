import { isCommunity, usePlace } from '../place';
import { GuildSidebar } from './GuildSidebar';
import { HomeSidebar } from './HomeSidebar';
import { SelfCard } from './SelfCard';
import css from './Sidebar.module.css';

export function Sidebar() {
  const { guildId } = usePlace();
  return (
    <div className={css.sidebar}>
      {isCommunity(guildId) ? <GuildSidebar key={guildId} guildId={guildId} /> : <HomeSidebar />}
      <SelfCard />
    </div>
  );
}
