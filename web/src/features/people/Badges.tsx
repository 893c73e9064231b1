import { useLingui } from '@lingui/react/macro';
import { Bot, Bug, HandHeart, ShieldCheck, Users } from 'lucide-react';
import css from './Profile.module.css';

const STAFF = 1;
const TEAM = 2;
const PARTNER = 4;
const BUGS = 8;

export function Badges({ flags, bot, system }: { flags: number; bot?: boolean; system?: boolean }) {
  const { t } = useLingui();
  const badges = [
    system && { name: t`System`, icon: <ShieldCheck /> },
    flags & STAFF && { name: t`Staff`, icon: <ShieldCheck /> },
    flags & TEAM && { name: t`Community team`, icon: <Users /> },
    flags & PARTNER && { name: t`Partner`, icon: <HandHeart /> },
    flags & BUGS && { name: t`Finder of faults`, icon: <Bug /> },
    bot && { name: t`Bot`, icon: <Bot /> },
  ].filter((badge) => typeof badge === 'object');
  if (!badges.length) return null;
  return (
    <ul className={css.badges} aria-label={t`Badges`}>
      {badges.map((badge) => (
        <li key={badge.name} data-tooltip={badge.name}>
          <span role="img" aria-label={badge.name}>
            {badge.icon}
          </span>
        </li>
      ))}
    </ul>
  );
}
