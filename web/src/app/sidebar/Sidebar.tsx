import { later } from '#/ui/later';
import { isCommunity, usePlace } from '../place';
import { GuildSidebar } from './GuildSidebar';
import { SelfCard } from './SelfCard';
import css from './Sidebar.module.css';

const HomeSidebar = later(() => import('./HomeSidebar').then((part) => part.HomeSidebar));

export function Sidebar() {
  const { guildId } = usePlace();
  return (
    <div className={css.sidebar}>
      {isCommunity(guildId) ? <GuildSidebar key={guildId} guildId={guildId} /> : <HomeSidebar />}
      <SelfCard />
    </div>
  );
}
