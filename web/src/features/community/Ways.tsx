import { useLingui } from '@lingui/react/macro';
import { Compass, Link2, Plus } from 'lucide-react';
import css from './Community.module.css';

interface Props {
  /** What is to be found by looking around. */
  discover: string;
  onCreate: () => void;
  onJoin: () => void;
  onDiscover: () => void;
}

/** The ways to a community, each a button with its sentence. */
export function Ways({ discover, onCreate, onJoin, onDiscover }: Props) {
  const { t } = useLingui();
  const ways = [
    {
      icon: <Plus />,
      name: t`Create a community`,
      text: t`For friends, a club, a project.`,
      go: onCreate,
    },
    { icon: <Link2 />, name: t`Join with an invite`, text: t`You have a link or a code.`, go: onJoin },
    { icon: <Compass />, name: t`Discover`, text: discover, go: onDiscover },
  ];
  return (
    <ul className={css.ways}>
      {ways.map((way) => (
        <li key={way.name}>
          <button type="button" className={css.way} onClick={way.go}>
            {way.icon}
            <span>
              <b>{way.name}</b>
              <span>{way.text}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
