import { useList } from '#/store';
import { later } from '#/ui/later';
import css from './Sidebar.module.css';

const VoicePerson = later(() => import('./VoicePerson').then((part) => part.VoicePerson));

export function VoicePeople({ channelId }: { channelId: string }) {
  const people = useList('voice', channelId);
  if (!people.length) return null;
  return (
    <ul className={css.people}>
      {people.map((id) => (
        <VoicePerson key={id} connectionId={id} />
      ))}
    </ul>
  );
}
